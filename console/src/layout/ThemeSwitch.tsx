import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { DesktopIcon, MoonIcon, SunIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import { useTheme, type ThemeChoice } from './theme';

const choices: [ThemeChoice, string, ReactNode][] = [
  ['system', 'Theme of the system', <DesktopIcon key="s" />],
  ['light', 'Light theme', <SunIcon key="l" />],
  ['dark', 'Dark theme', <MoonIcon key="d" />],
];

export function ThemeSwitch() {
  const [theme, choose] = useTheme();
  return (
    <ToggleGroup isCompact aria-label="Theme" data-testid="theme-switch">
      {choices.map(([value, label, icon]) => (
        <ToggleGroupItem key={value} icon={icon} aria-label={label} isSelected={theme === value} onChange={() => choose(value)} data-testid={`theme-${value}`} />
      ))}
    </ToggleGroup>
  );
}
