import type { SyslogSettings } from '../api/types';
import { CheckField, NumberField, SelectField, TextField } from '../layout/fields';

const transports = [{ value: 'Udp', label: 'UDP' }, { value: 'Tcp', label: 'TCP' }] as const;
const ports = { Udp: 514, Tcp: 601 };
const first: SyslogSettings = { host: '', port: ports.Udp, transport: 'Udp' };

/** Where events are sent as they happen. */
export function SyslogFields({ syslog, onChange }: { syslog: SyslogSettings | null; onChange: (syslog: SyslogSettings | null) => void }) {
  return (
    <>
      <CheckField id="house-syslog" label="Send events to a syslog server" checked={syslog !== null} onChange={(on) => onChange(on ? first : null)} help="RFC 5424, as they happen" />
      {syslog !== null && (
        <>
          <TextField id="house-syslog-host" label="Server" required value={syslog.host} onChange={(host) => onChange({ ...syslog, host })} help="Name or address" />
          <SelectField id="house-syslog-transport" label="By" value={syslog.transport} choices={transports} onChange={(transport) => onChange({ ...syslog, transport, port: ports[transport] })} />
          <NumberField id="house-syslog-port" label="Port" value={syslog.port} min={1} max={65_535} onChange={(port) => onChange({ ...syslog, port })} />
        </>
      )}
    </>
  );
}
