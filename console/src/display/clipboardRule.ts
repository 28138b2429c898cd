import type { ClipboardRule } from '../api/types';

/** Whether text may be copied into the desktop. */
export const mayPaste = (rule: ClipboardRule): boolean => rule === 'Both' || rule === 'ToGuest';

/** Whether text may be copied out of it. */
export const mayCopy = (rule: ClipboardRule): boolean => rule === 'Both' || rule === 'FromGuest';
