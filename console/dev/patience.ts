import { configure } from '@testing-library/react';

// Tests run beside guests, on processors that are busy for longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });
