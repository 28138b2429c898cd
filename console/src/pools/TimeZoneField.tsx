import { SelectField } from '../layout/fields';

export function TimeZoneField({ id, timeZone, onChange }: { id: string; timeZone: string; onChange: (timeZone: string) => void }) {
  const known = Intl.supportedValuesOf('timeZone');
  const all = known.includes(timeZone) ? known : [timeZone, ...known];
  return <SelectField id={id} label="Time zone" value={timeZone} choices={all.map((value) => ({ value, label: value }))} onChange={onChange} />;
}
