import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { PoolView } from '../api/types';
import { EventList } from '../events/EventList';
import { Facts } from '../layout/Facts';
import { useRights } from '../login/useRights';
import { CanaryCard } from '../pushes/CanaryCard';
import { PushCard } from '../pushes/PushCard';
import { PushHistory } from '../pushes/PushHistory';
import { Entitlements } from './Entitlements';
import { PoolMachines } from './PoolMachines';
import { PoolNow } from './PoolNow';
import { PoolSessions } from './PoolSessions';
import { settingFactsOf, summaryOf } from './poolFacts';

interface Props { pool: PoolView; onCanary: () => void }

/** The parts of a pool; which of them is shown is in the address. */
export function PoolTabs({ pool, onCanary }: Props) {
  const { may } = useRights();
  const [params, setParams] = useSearchParams();
  const { name } = pool;
  const parts: (readonly [key: string, title: string, content: ReactNode, seen: boolean])[] = [
    ['summary', 'Summary', <div key="s" className="mayfly-stack"><PoolNow pool={pool} />{pool.push?.finishedAt === null && <PushCard pool={pool} />}<Facts facts={summaryOf(pool)} testId="pool-summary" /></div>, true],
    ['machines', 'Machines', <PoolMachines key="m" pool={pool} />, may('ViewMachines', name)],
    ['sessions', 'Sessions', <PoolSessions key="n" pool={name} />, may('ViewSessions', name)],
    ['entitlements', 'Entitlements', <Entitlements key="e" pool={name} />, true],
    ['pushes', 'Image', <div key="p" className="mayfly-stack"><PushCard pool={pool} />{pool.canary && <CanaryCard pool={pool} canary={pool.canary} onChange={onCanary} />}<PushHistory pool={name} /></div>, true],
    ['settings', 'Settings', <Facts key="t" facts={settingFactsOf(pool)} testId="pool-settings-facts" />, true],
    ['events', 'Events', <EventList key="v" pool={name} prefix="v." />, may('ViewEvents', name)],
  ];
  const shown = parts.filter(([, , , seen]) => seen);
  const tab = shown.find(([key]) => key === params.get('tab'))?.[0] ?? 'summary';
  return (
    <Tabs activeKey={tab} onSelect={(_, key) => setParams({ tab: `${key}` }, { replace: true })} mountOnEnter unmountOnExit aria-label="Parts of the pool">
      {shown.map(([key, title, content]) => (
        <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} data-testid={`pool-tab-${key}`}><div className="mayfly-padded">{content}</div></Tab>
      ))}
    </Tabs>
  );
}
