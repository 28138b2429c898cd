import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { GroupView } from '../api/types';
import { Loaded } from '../layout/Loaded';
import { NamePicker } from '../layout/NamePicker';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { useMembers, useSetMember } from './groups';
import { useUsers } from './users';

/** Who is in a group. Those of a local one can be changed here. */
export function MembersDialog({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const members = useMembers(group.name);
  const users = useUsers();
  const set = useSetMember(group.name);
  const { may } = useRights();
  const changes = group.directory === null && may('ManageUsers');
  const change = (now: readonly string[], next: readonly string[]) => {
    for (const user of next.filter((name) => !now.includes(name))) set.mutate({ user, member: true });
    for (const user of now.filter((name) => !next.includes(name))) set.mutate({ user, member: false });
  };
  return (
    <Modal isOpen variant="medium" aria-label={`Members of ${group.displayName}`} data-testid="members-dialog" onClose={onClose}>
      <ModalHeader title={`Members of ${group.displayName}`} {...(group.directory === null ? {} : { description: `The directory ${group.directory} says who is in it. Those who have signed in are shown.` })} />
      <ModalBody>
        {set.error && <ProblemAlert error={set.error} />}
        <Loaded query={members} label="members">
          {(names) => changes
            ? <NamePicker id="group-members" label="Members" chosen={names} choices={users.data ?? []} onChange={(next) => change(names, next)} none="Nobody is in it yet" />
            : <p>{names.length === 0 ? 'Nobody.' : names.join(', ')}</p>}
        </Loaded>
      </ModalBody>
      <ModalFooter><Button variant="secondary" onClick={onClose}>Close</Button></ModalFooter>
    </Modal>
  );
}
