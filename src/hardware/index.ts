export { allBuiltinHardware, builtinHardware, loadBuiltinHardware } from './builtin.js';
export { captureHardware } from './capture.js';
export { classOfModalias } from './device-class.js';
export { matchModalias } from './match.js';
export type {
  Device,
  DeviceClass,
  HardwareProfile,
  ProfileDevice,
  RootNeeds,
} from './profile.js';
export { hardwareProfileText, parseHardwareProfile, readHardwareProfile, writeHardwareProfile } from './read.js';
export { replaceDevice } from './replace.js';
