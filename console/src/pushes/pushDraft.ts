import type { InUseRule, PromoteCanaryRequest, PushImageRequest } from '../api/types';

/** What becomes of machines in use; people think in minutes. */
export interface InUseDraft { inUse: InUseRule; graceMinutes: number }

/** What the form of a push holds; the start is local time, as the input gives it, or empty for at once. */
export interface PushDraft extends InUseDraft { version: string; later: boolean; startAt: string; warning: string; errorThresholdPercent: number }

export const waiting: InUseDraft = { inUse: 'WaitForLogoff', graceMinutes: 5 };

export const emptyPush: PushDraft = { ...waiting, version: '', later: false, startAt: '', warning: '', errorThresholdPercent: 20 };

/** The version that is the newest when the push begins. */
export const newest = 'newest';

export const longestWarning = 200;

export const isComplete = (draft: PushDraft): boolean =>
  draft.version !== '' && draft.warning.length <= longestWarning && (!draft.later || !Number.isNaN(Date.parse(draft.startAt)));

export const toInUse = ({ inUse, graceMinutes }: InUseDraft): PromoteCanaryRequest => ({ inUse, graceSeconds: graceMinutes * 60 });

export const toPushRequest = (draft: PushDraft): PushImageRequest => ({
  ...toInUse(draft),
  version: draft.version === newest ? null : draft.version,
  startAt: draft.later ? new Date(draft.startAt).toISOString() : null,
  warning: draft.warning.trim() === '' ? null : draft.warning.trim(),
  errorThresholdPercent: draft.errorThresholdPercent,
});
