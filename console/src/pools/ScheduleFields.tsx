import { Button, FormGroup, TextInput } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import type { SpareLevel, SpareSchedule } from '../api/types';
import { CheckField, NumberEntry } from '../layout/fields';
import { DaysToggle } from './DaysToggle';
import { firstSchedule, withChanged, without, withOneMore } from './schedule';
import { TimeZoneField } from './TimeZoneField';
import './pools.css';

interface Props { schedule: SpareSchedule | null; spare: number; maximum: number; onChange: (schedule: SpareSchedule | null) => void }

/** Spare levels over the week; each holds until the next one. */
export function ScheduleFields({ schedule, spare, maximum, onChange }: Props) {
  return (
    <>
      <CheckField id="pool-scheduled" label="Keep another number ready at other times" checked={schedule !== null} onChange={(on) => onChange(on ? firstSchedule(spare) : null)} help="Each level holds from its time on, until the next one" />
      {schedule !== null && (
        <FormGroup role="group" label="Schedule" fieldId="pool-schedule">
          <div className="mayfly-stack mayfly-stack--tight" id="pool-schedule">
            {schedule.levels.map((level, index) => (
              // Levels have no identity but their place.
              <LevelFields key={index} number={index + 1} level={level} maximum={maximum} onChange={(part) => onChange(withChanged(schedule, index, part))} onRemove={() => onChange(without(schedule, index))} />
            ))}
            <div><Button variant="link" isInline icon={<PlusCircleIcon />} data-testid="schedule-add" onClick={() => onChange(withOneMore(schedule))}>Add a level</Button></div>
            <TimeZoneField id="pool-time-zone" timeZone={schedule.timeZone} onChange={(timeZone) => onChange({ ...schedule, timeZone })} />
          </div>
        </FormGroup>
      )}
    </>
  );
}

interface LevelProps { number: number; level: SpareLevel; maximum: number; onChange: (part: Partial<SpareLevel>) => void; onRemove: () => void }

function LevelFields({ number, level, maximum, onChange, onRemove }: LevelProps) {
  return (
    <div className="mayfly-level" data-testid={`schedule-level-${number}`}>
      <DaysToggle label={`Days of level ${number}`} days={level.days} onChange={(days) => onChange({ days })} />
      <span>from</span>
      <TextInput className="mayfly-level__time" type="time" aria-label={`Time of level ${number}`} value={level.from.slice(0, 5)} onChange={(_, time) => onChange({ from: time === '' ? '' : `${time}:00` })} />
      <span>keep</span>
      <NumberEntry
        value={level.spare} min={0} max={maximum} widthChars={4} inputAriaLabel={`Kept ready by level ${number}`} minusBtnAriaLabel={`Less in level ${number}`} plusBtnAriaLabel={`More in level ${number}`}
        onChange={(spare) => onChange({ spare })}
      />
      <Button variant="plain" icon={<TrashIcon />} aria-label={`Remove level ${number}`} onClick={onRemove} />
    </div>
  );
}
