import { Problem } from '../api/problem';

const words: Record<string, [what: string, remedy: string]> = {
  DirectoryUnreachable: ['The sign-in service does not answer.', 'Try again in a while, or sign in another way.'],
  DirectoryRefused: ['The sign-in service did not let you in.', 'Try again, or ask your administrator.'],
  DirectoryMisconfigured: ['The sign-in service is not set up right.', 'Tell your administrator.'],
  Forbidden: ['You may not sign in here.', 'Ask your administrator to give you access.'],
  Unauthenticated: ['You were not signed in.', 'Try again.'],
  TooManyRequests: ['There were too many tries.', 'Wait a while, then try again.'],
};

/** Why a provider sent somebody back without signing them in; the address carries nothing but the code. */
export function providerProblem(code: string | null): Problem | null {
  if (code === null || code === '') return null;
  const [what, remedy] = Object.hasOwn(words, code) ? words[code] ?? [] : [];
  // An address can be made by anybody: what is not a code is not shown.
  const shown = /^[A-Za-z0-9]{1,40}$/.test(code) ? code : 'Unexpected';
  return new Problem(shown, what ?? 'Signing in did not work.', null, remedy ?? 'Try again, or ask your administrator.');
}
