import type { PoolAssignment } from '../api/types';

/** What a log-off costs; both are said while it is not known whether the desktop is kept. */
export function logOffQuestion(assignment: PoolAssignment | undefined, hasDisk = false): string {
  if (hasDisk) return 'Unsaved work in it is lost. This desktop is destroyed; what your own disk keeps is there in the next one you open.';
  if (assignment === 'Dedicated') return 'Unsaved work in it is lost. The desktop itself is kept for you.';
  if (assignment === 'Floating') return 'Everything in it is lost: this desktop is destroyed, and the next one you open is new.';
  return 'Unsaved work in it is lost. Unless it is kept for you, this desktop is destroyed, and the next one you open is new.';
}

export function loggedOff(assignment: PoolAssignment | undefined): string {
  if (assignment === 'Dedicated') return 'You have logged off. Your desktop is kept for you.';
  if (assignment === 'Floating') return 'You have logged off. That desktop is gone, and the next one you open is new.';
  return 'You have logged off. Unless it is kept for you, that desktop is gone, and the next one you open is new.';
}

/** A session that ended without its user's doing. */
export const sessionEnded = (assignment: PoolAssignment | undefined): string => assignment === 'Dedicated'
  ? 'Your session has ended. Your desktop is kept for you: open it to go on.'
  : 'Your session has ended and its desktop is gone. Open a desktop to start a new one.';
