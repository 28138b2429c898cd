export { CaptureDesktopPage } from './CaptureDesktopPage';
export { ConsolePage } from './ConsolePage';
export { DesktopPage } from './DesktopPage';
export { OpenPage } from './OpenPage';
