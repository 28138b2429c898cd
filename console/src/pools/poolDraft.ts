import type { CreatePoolRequest } from '../api/types';

/** What the form of a new pool holds. */
export interface PoolDraft { name: string; displayName: string; image: string; version: string; spare: number; maximum: number; namePattern: string }

export const emptyDraft: PoolDraft = { name: '', displayName: '', image: '', version: '', spare: 2, maximum: 10, namePattern: '' };

/** A DNS label: 1 to 63 of a-z, 0-9 and '-', not at either end. */
export const isPoolName = (name: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);

export const isComplete = (draft: PoolDraft): boolean => isPoolName(draft.name) && draft.image !== '' && draft.spare <= draft.maximum;

/** Leaves out what is empty, so that the server's defaults hold. */
export function toRequest(draft: PoolDraft): CreatePoolRequest {
  const { name, image, spare, maximum } = draft;
  return {
    name, image, spare, maximum,
    ...(draft.displayName !== '' && { displayName: draft.displayName }),
    ...(draft.version !== '' && { version: draft.version }),
    ...(draft.namePattern !== '' && { namePattern: draft.namePattern }),
  };
}
