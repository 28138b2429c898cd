import { useNavigate, useParams } from 'react-router';
import { call, segment } from '../api/http';
import { Problem } from '../api/problem';
import type { DisplayTicket, MachineView } from '../api/types';
import { useTitle } from '../layout/useTitle';
import type { DisplayDoor } from './connect';
import { DisplayView } from './DisplayView';

async function isGone(machine: string, signal: AbortSignal): Promise<boolean> {
  try {
    await call<MachineView>('GET', `/machines/${segment(machine)}`, { signal });
    return false;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return true;
    throw error;
  }
}

/** An administrator's look at any machine. */
export function ConsolePage() {
  const { machine = '' } = useParams();
  useTitle(machine);
  const navigate = useNavigate();
  const door: DisplayDoor = {
    requestTicket: (signal) => call<DisplayTicket>('POST', `/machines/${segment(machine)}/display-ticket`, { signal }),
    isOver: (signal) => isGone(machine, signal),
    clipboard: 'Both',
  };
  const back = () => void navigate('/machines', { replace: true });
  return <DisplayView door={door} title={machine} onLeave={back} onEnded={back} />;
}
