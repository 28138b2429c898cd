import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { GroupsTab } from './GroupsTab';
import { RolesTab } from './RolesTab';
import { TokensTab } from './TokensTab';
import { UsersTab } from './UsersTab';

const tabs = [['users', 'Users', UsersTab], ['groups', 'Groups', GroupsTab], ['roles', 'Roles', RolesTab], ['tokens', 'API tokens', TokensTab]] as const;

export default function UsersPage() {
  const [params, setParams] = useSearchParams();
  const tab = tabs.find(([key]) => key === params.get('tab'))?.[0] ?? 'users';
  return (
    <ListPage title="Users & access" lead="Who can sign in, and what they may do. Who may open a desktop is set in each pool's entitlements." loading={false} error={null}>
      <Tabs activeKey={tab} onSelect={(_, key) => setParams({ tab: `${key}` }, { replace: true })} mountOnEnter unmountOnExit aria-label="Users and access">
        {tabs.map(([key, title, Content]) => (
          <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} data-testid={`users-tab-${key}`}><div className="mayfly-padded"><Content /></div></Tab>
        ))}
      </Tabs>
    </ListPage>
  );
}
