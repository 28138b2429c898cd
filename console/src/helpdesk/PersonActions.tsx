import { useState } from 'react';
import type { UserView } from '../api/types';
import { ActionMenu } from '../layout/ActionMenu';
import { useRights } from '../login/useRights';
import { UserActionDialog } from '../users/UserActionDialog';
import { userActions, type UserAction } from '../users/userActions';

/** What the reader may do to a person's account. */
export function PersonActions({ user }: { user: UserView }) {
  const { may } = useRights();
  const [action, setAction] = useState<UserAction | null>(null);
  const possible = userActions.filter((candidate) => candidate.id !== 'remove' && may(candidate.permission) && candidate.fits(user, new Date()));
  const items = possible.map((candidate) => ({ title: candidate.title, testId: `person-${candidate.id}`, danger: candidate.danger, onClick: () => setAction(candidate) }));
  return (
    <>
      {items.length > 0 && <ActionMenu label="Account" items={items} testId="person-actions" align="end" />}
      {action && <UserActionDialog intent={{ action, users: [user] }} onClose={() => setAction(null)} />}
    </>
  );
}
