import type { Permission } from '../api/types';
import { may, mayAnywhere, useMe } from './me';

export interface Rights {
  /** Over the whole house, or in the pool named. */
  may: (permission: Permission, pool?: string) => boolean;
  /** Over the whole house or in any pool. */
  mayAnywhere: (permission: Permission) => boolean;
}

/** What the one signed in may do; nothing while that is not known. */
export function useRights(): Rights {
  const { data } = useMe();
  return {
    may: (permission, pool) => data != null && may(data, permission, pool),
    mayAnywhere: (permission) => data != null && mayAnywhere(data, permission),
  };
}
