import type { PushView } from '../api/types';
import { formatDateTime } from '../layout/format';

/** Every machine that has to be of the new version in the end. */
export const totalOf = ({ replaced, remaining, waiting, failed }: PushView): number => replaced + remaining + waiting + failed;

export const percentOf = (push: PushView): number => totalOf(push) === 0 ? (push.state === 'Completed' ? 100 : 0) : Math.floor((100 * push.replaced) / totalOf(push));

export const isOver = (push: PushView): boolean => push.finishedAt !== null;
export const canPause = (push: PushView): boolean => push.state === 'Rolling';
export const canResume = (push: PushView): boolean => push.state === 'Paused';

/** The counts as a sentence; what is zero is left out, but for the first. */
export function describeCounts(push: PushView): string {
  const parts = [`${push.replaced} of ${totalOf(push)} replaced`];
  if (push.remaining > 0) parts.push(`${push.remaining} remaining`);
  if (push.waiting > 0) parts.push(`${push.waiting} waiting for log-off`);
  if (push.failed > 0) parts.push(`${push.failed} failed`);
  return parts.join(', ');
}

/** Where it comes from, and when what happens, as a sentence. */
export function describeTimes(push: PushView): string {
  const ahead = push.state === 'Publishing' || push.state === 'Scheduled';
  const parts = [`From ${push.fromVersion}`, `asked by ${push.actor} ${formatDateTime(push.askedAt)}`, `${ahead ? 'begins' : 'began'} ${formatDateTime(push.startAt)}`];
  if (push.forceAt !== null && !isOver(push)) parts.push(`users are logged off ${formatDateTime(push.forceAt)}`);
  if (push.finishedAt !== null) parts.push(`finished ${formatDateTime(push.finishedAt)}`);
  return `${parts.join('; ')}.`;
}
