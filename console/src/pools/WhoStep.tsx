import { ProblemAlert } from '../layout/ProblemAlert';
import { NamePicker } from '../layout/NamePicker';
import { useGroups } from '../users/groups';
import { useUsers } from '../users/users';
import type { Entitled } from './useCreatePoolFor';

/** Users and groups that may use the pool; it can be changed at any time later. */
export function WhoStep({ entitled, onChange }: { entitled: Entitled; onChange: (entitled: Entitled) => void }) {
  const users = useUsers();
  const groups = useGroups();
  const error = users.error ?? groups.error;
  return (
    <>
      {error !== null && <ProblemAlert error={error} />}
      <NamePicker id="pool-users" label="Users" chosen={entitled.users} choices={users.data ?? []} onChange={(chosen) => onChange({ ...entitled, users: chosen })} none="No single users" />
      <NamePicker id="pool-groups" label="Groups" chosen={entitled.groups} choices={groups.data ?? []} onChange={(chosen) => onChange({ ...entitled, groups: chosen })} none="No groups" />
      <p className="mayfly-subtle">Each gets the pool&apos;s card on their page of desktops. This can be changed at any time.</p>
    </>
  );
}
