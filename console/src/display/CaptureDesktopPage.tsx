import { Button, Spinner } from '@patternfly/react-core';
import { Navigate, useNavigate, useParams } from 'react-router';
import { call } from '../api/http';
import type { DisplayTicket } from '../api/types';
import { capturePage, capturePath, fetchCapture, useCapture } from '../captures/captures';
import { describeCapture } from '../captures/words';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useTitle } from '../layout/useTitle';
import { CaptureBar } from './CaptureBar';
import type { DisplayDoor } from './connect';
import { DisplayView } from './DisplayView';
import { Panel } from './Panel';
import './display.css';

/** The desktop on which somebody installs by hand what becomes a package. */
export function CaptureDesktopPage() {
  const { capture: id = '' } = useParams();
  const { data, error } = useCapture(id);
  const navigate = useNavigate();
  const title = data ? `Capture of ${data.app} ${data.version}` : 'Capture';
  useTitle(title);
  const leave = () => void navigate(capturePage(id), { replace: true });
  if (data === undefined || data.state === 'Starting') {
    return (
      <Panel title={title} testId="capture-starting" actions={<Button variant="link" onClick={leave}>To its page</Button>}>
        {error ? <ProblemAlert error={error} /> : <p role="status"><Spinner isInline aria-hidden="true" /> {data ? describeCapture(data) : 'Looking for it.'}</p>}
      </Panel>
    );
  }
  if (data.state !== 'Open') return <Navigate to={capturePage(id)} replace />;
  const door: DisplayDoor = {
    requestTicket: (signal) => call<DisplayTicket>('POST', capturePath(id, '/display-ticket'), { signal }),
    isOver: async (signal) => (await fetchCapture(id, signal)).state !== 'Open',
    clipboard: 'Both',
  };
  return <DisplayView door={door} title={title} onLeave={leave} onEnded={leave} bar={<CaptureBar capture={data} />} />;
}
