import type { UserView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import type { UserAction } from './userActions';

/** What was chosen to be done, and to which users. */
export interface UserIntent { action: UserAction; users: readonly UserView[] }

export const UserActionDialog = ({ intent: { action, users }, onClose }: { intent: UserIntent; onClose: (done: boolean) => void }) => (
  <BulkDialog verb={action.title} nouns="users" names={users.map(({ name }) => name)} act={action.request} harmless={!action.danger} onClose={onClose}>
    <p>{action.effect}</p>
    {users.length > 1 && <p>{users.map(({ name }) => name).join(', ')}</p>}
  </BulkDialog>
);
