import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import type { AppView } from '../api/types';
import { CapturesTable } from '../captures/CapturesTable';
import { Assignments } from './Assignments';
import { Packages } from './Packages';

/** The parts of an application; which of them is shown is in the address. */
export function AppTabs({ app }: { app: AppView }) {
  const [params, setParams] = useSearchParams();
  const parts = [
    ['packages', 'Packages', <Packages key="p" app={app} />],
    ['assignments', 'Assignments', <Assignments key="a" app={app} />],
    ['captures', 'Captures', <CapturesTable key="c" app={app.name} />],
  ] as const;
  const tab = parts.find(([key]) => key === params.get('tab'))?.[0] ?? 'packages';
  return (
    <Tabs activeKey={tab} onSelect={(_, key) => setParams({ tab: `${key}` }, { replace: true })} mountOnEnter unmountOnExit aria-label="Parts of the application">
      {parts.map(([key, title, content]) => (
        <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} data-testid={`app-tab-${key}`}><div className="mayfly-padded">{content}</div></Tab>
      ))}
    </Tabs>
  );
}
