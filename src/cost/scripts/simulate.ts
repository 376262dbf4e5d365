import type { ScriptEvent, ScriptedPackage, ScriptedTransaction, ScriptRuns } from './facts.js';
import { RunLog } from './run-log.js';
import { Trees } from './trees.js';
import { WeakModules2 } from './weak-modules2.js';

/**
 * Runs the scripts of a transaction's packages in its order, and counts what they start: how often depmod runs, and over how many kernel
 * modules each time. docs/methods.md has the sources and what is left out.
 */
export function simulateScripts(transaction: ScriptedTransaction): ScriptRuns {
  const { script, before, events, initrdsMade } = transaction;
  const trees = new Trees();
  for (const pkg of before) trees.install(pkg);
  linkAsBefore(trees, transaction);
  const log = new RunLog();
  const ran = script.startsWith('weak-modules2')
    ? weakModules2(trees, log, transaction)
    : (event: ScriptEvent) => simpleScript(event, trees, log, script === 'weak-modules');
  for (const tree of trees.all) tree.changed = false;
  for (const event of events) {
    if (event.what === 'comes') trees.install(event.package);
    else trees.erase(event.package);
    ran(event);
  }
  for (const { release, visible } of trees.kernels) {
    // %posttrans: one dracut for each kernel in /run/regenerate-initrd.
    if (initrdsMade.has(release)) log.initrds.push({ release, kernelModules: visible, when: 'posttrans' });
  }
  const initrds = log.initrds.filter(({ release }) => initrdsMade.has(release));
  const changed = trees.kernels.filter((tree) => tree.changed);
  return {
    depmod: log.depmod,
    initrds,
    rpmQueries: log.rpmQueries,
    copiedLinks: { least: log.linksLeast, most: log.linksMost },
    linked: new Map(trees.kernels.map(({ release, linked }) => [release, linked])),
    changed: new Map(changed.map(({ release, visible }) => [release, visible])),
  };
}

function linkAsBefore(trees: Trees, { walk, before, linkedBefore }: ScriptedTransaction): void {
  const known = new Map(before.map((pkg) => [pkg.nevra, pkg]));
  for (const tree of trees.kernels) {
    for (const nevra of linkedBefore?.get(tree.release) ?? walk(tree.release, before).linked) {
      const pkg = known.get(nevra);
      if (pkg !== undefined) tree.add(pkg, true);
    }
  }
}

function weakModules2(trees: Trees, log: RunLog, transaction: ScriptedTransaction): (event: ScriptEvent) => void {
  const after = new Map(transaction.before.map((pkg) => [pkg.nevra, pkg]));
  for (const { what, package: pkg } of transaction.events) {
    if (what === 'comes') after.set(pkg.nevra, pkg);
    else after.delete(pkg.nevra);
  }
  const installed: readonly ScriptedPackage[] = [...after.values()];
  const found = new Map<string, ReadonlySet<string>>();
  const linkedAfter = (release: string): ReadonlySet<string> => {
    const linked = found.get(release) ?? transaction.walk(release, installed).linked;
    found.set(release, linked);
    return linked;
  };
  const scripts = new WeakModules2(trees, log, { walk: transaction.walk, linkedAfter });
  return (event) => scripts.ran(event);
}

/**
 * Where each package with kernel modules runs depmod over its kernel, coming and going: Fedora's and Yocto's. RHEL's weak-modules asks depmod
 * about its links in each other kernel as well, and runs it there once more where it made some.
 */
function simpleScript({ package: pkg }: ScriptEvent, trees: Trees, log: RunLog, weakModules: boolean): void {
  if (pkg.files.length === 0 && pkg.role !== 'image') return;
  const own = trees.of(pkg);
  if (own.images > 0) log.depmodOn(own);
  if (!weakModules || pkg.role === 'image') return;
  for (const tree of trees.kernels) {
    if (tree === own) continue;
    log.depmodOn(tree);
    log.depmodOn(tree, { certain: false });
  }
}
