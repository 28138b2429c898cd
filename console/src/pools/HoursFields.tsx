import { Button, FormGroup, TextInput } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import type { OpeningHours, OpenPeriod } from '../api/types';
import { CheckField } from '../layout/fields';
import { DaysToggle } from './DaysToggle';
import { firstHours, withChangedPeriod, withOneMorePeriod, withoutPeriod } from './hours';
import { TimeZoneField } from './TimeZoneField';
import './pools.css';

interface Props { hours: OpeningHours | null; onChange: (hours: OpeningHours | null) => void }

/** When desktops can be opened. */
export function HoursFields({ hours, onChange }: Props) {
  return (
    <>
      <CheckField id="pool-has-hours" label="Desktops can be opened at certain hours only" checked={hours !== null} onChange={(on) => onChange(on ? firstHours() : null)} help="Sessions in progress are not ended by it" />
      {hours !== null && (
        <FormGroup role="group" label="Hours" fieldId="pool-hours">
          <div className="mayfly-stack mayfly-stack--tight" id="pool-hours">
            {hours.periods.map((period, index) => (
              // Periods have no identity but their place.
              <PeriodFields key={index} number={index + 1} period={period} onChange={(part) => onChange(withChangedPeriod(hours, index, part))} onRemove={() => onChange(withoutPeriod(hours, index))} />
            ))}
            <div><Button variant="link" isInline icon={<PlusCircleIcon />} data-testid="hours-add" onClick={() => onChange(withOneMorePeriod(hours))}>Add hours</Button></div>
            <TimeZoneField id="pool-hours-zone" timeZone={hours.timeZone} onChange={(timeZone) => onChange({ ...hours, timeZone })} />
          </div>
        </FormGroup>
      )}
    </>
  );
}

const toTime = (time: string): string => time === '' ? '' : `${time}:00`;

function PeriodFields({ number, period, onChange, onRemove }: { number: number; period: OpenPeriod; onChange: (part: Partial<OpenPeriod>) => void; onRemove: () => void }) {
  return (
    <div className="mayfly-level" data-testid={`hours-period-${number}`}>
      <DaysToggle label={`Days of period ${number}`} days={period.days} onChange={(days) => onChange({ days })} />
      <span>from</span>
      <TextInput className="mayfly-level__time" type="time" aria-label={`Period ${number} begins at`} value={period.from.slice(0, 5)} onChange={(_, time) => onChange({ from: toTime(time) })} />
      <span>to</span>
      <TextInput className="mayfly-level__time" type="time" aria-label={`Period ${number} ends at`} value={period.until.slice(0, 5)} onChange={(_, time) => onChange({ until: toTime(time) })} />
      <Button variant="plain" icon={<TrashIcon />} aria-label={`Remove period ${number}`} onClick={onRemove} />
    </div>
  );
}
