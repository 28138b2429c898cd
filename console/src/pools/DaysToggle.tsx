import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import type { DayOfWeek } from '../api/types';
import { toggled, weekdays } from './schedule';

export const DaysToggle = ({ label, days, onChange }: { label: string; days: readonly DayOfWeek[]; onChange: (days: DayOfWeek[]) => void }) => (
  <ToggleGroup isCompact aria-label={label}>
    {weekdays.map((day) => <ToggleGroupItem key={day} text={day.slice(0, 3)} isSelected={days.includes(day)} onChange={() => onChange(toggled(days, day))} />)}
  </ToggleGroup>
);
