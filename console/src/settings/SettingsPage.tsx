import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { DirectoriesTab } from './DirectoriesTab';
import { HouseTab } from './HouseTab';

const tabs = [['house', 'House', HouseTab], ['directories', 'Directories', DirectoriesTab]] as const;

export default function SettingsPage() {
  const [params, setParams] = useSearchParams();
  const tab = tabs.find(([key]) => key === params.get('tab'))?.[0] ?? 'house';
  return (
    <ListPage title="Settings" lead="What holds for the whole house." loading={false} error={null}>
      <Tabs activeKey={tab} onSelect={(_, key) => setParams({ tab: `${key}` }, { replace: true })} mountOnEnter unmountOnExit aria-label="Settings">
        {tabs.map(([key, title, Content]) => <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} data-testid={`settings-tab-${key}`}><div className="mayfly-padded"><Content /></div></Tab>)}
      </Tabs>
    </ListPage>
  );
}
