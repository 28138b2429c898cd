import { SearchInput } from '@patternfly/react-core';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { Loaded } from '../layout/Loaded';
import { NoRows } from '../layout/NoRows';
import { useFoundUsers } from '../users/users';
import { FoundPeople } from './FoundPeople';

export default function HelpDeskPage() {
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const found = useFoundUsers(useDeferredValue(search));
  const set = (text: string) => setParams(text === '' ? {} : { q: text }, { replace: true });
  return (
    <ListPage title="Help desk" lead="Find a person, see what they have and what went wrong, and help them from there." loading={false} error={null}>
      <div className="mayfly-stack">
        <SearchInput aria-label="Search people" placeholder="Name of a person" value={search} onChange={(_, text) => set(text)} onClear={() => set('')} data-testid="people-search" />
        <Loaded query={found} label="people">
          {({ items, total }) => items.length === 0
            ? <NoRows title="Nobody found">Search by login name or by the name shown.</NoRows>
            : <FoundPeople people={items} total={total} />}
        </Loaded>
      </div>
    </ListPage>
  );
}
