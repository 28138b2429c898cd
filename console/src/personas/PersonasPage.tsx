import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { useRights } from '../login/useRights';
import { EnvironmentsTab } from './EnvironmentsTab';
import { FlexConfigsTab } from './FlexConfigsTab';
import { PersonasTab } from './PersonasTab';
import { PredefinedTab } from './PredefinedTab';

const tabs = [['users', 'Users', PersonasTab], ['predefined', 'Predefined', PredefinedTab], ['configs', 'Flex configs', FlexConfigsTab], ['environments', 'Environments', EnvironmentsTab]] as const;

export default function PersonasPage() {
  const [params, setParams] = useSearchParams();
  const { may } = useRights();
  // They hold passwords.
  const shown = tabs.filter(([key]) => key !== 'environments' || may('ManageHouse'));
  const tab = shown.find(([key]) => key === params.get('tab'))?.[0] ?? 'users';
  return (
    <ListPage title="Personas" lead="What users set in their programs and their desktop, and what follows them from one fresh desktop to the next. Each pool's settings say whether it does." loading={false} error={null}>
      <Tabs activeKey={tab} onSelect={(_, key) => setParams({ tab: `${key}` }, { replace: true })} mountOnEnter unmountOnExit aria-label="Personas">
        {shown.map(([key, title, Content]) => (
          <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} data-testid={`personas-tab-${key}`}><div className="mayfly-padded"><Content /></div></Tab>
        ))}
      </Tabs>
    </ListPage>
  );
}
