import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Mark } from '../layout/Mark';
import { ThemeSwitch } from '../layout/ThemeSwitch';
import './login.css';

/** The page around what is asked before somebody is let in. */
export function SignInFrame({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <main className="mayfly-login">
      <div className="mayfly-login__theme"><ThemeSwitch /></div>
      <div className="mayfly-login__brand"><Mark className="mayfly-login__mark" /><span>Mayfly</span></div>
      <Card isLarge className="mayfly-login__card">
        <CardTitle component="h1">{title}</CardTitle>
        <CardBody>{children}</CardBody>
      </Card>
      {note && <p className="mayfly-login__note">{note}</p>}
    </main>
  );
}
