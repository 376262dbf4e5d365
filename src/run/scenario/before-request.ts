import { replaceDevice } from '#hardware';
import type { ScenarioStep } from '#scenario';
import { type MachineState, newestKernel } from '../machine/machine-state.js';

/** What happens before the request of a step: new settings, other devices, a reboot. @throws InputError */
export function beforeRequest(
  state: MachineState,
  { system, loader, initrd, replaceDevices, reboot }: ScenarioStep,
): MachineState {
  let { devices, root } = state;
  for (const [name, device] of Object.entries(replaceDevices)) {
    devices = replaceDevice(devices, name, device);
    root =
      root === null ? null : { ...root, devices: root.devices.map((need) => (need === name ? device.name : need)) };
  }
  return {
    ...state,
    devices,
    root,
    loader: loader ?? state.loader,
    initrd: initrd ?? state.initrd,
    settings: { ...state.settings, ...system },
    booted: reboot || state.booted === null ? newestKernel(state.installed) : state.booted,
  };
}
