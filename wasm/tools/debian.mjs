// Debian's source packages, whatever release the machine itself runs: through an apt configuration of our own that takes over the
// machine's mirror and keyring. Nothing of the machine's own configuration is changed.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError, has, run } from './run.mjs';

/** Mirror and keyring of the Debian archive that this machine uses; null where there is none. */
function machineArchive() {
  if (!has('apt-get')) return null;
  const targets = run('apt-get', ['indextargets', 'Created-By: Packages'])
    .split('\n\n')
    .map((stanza) => Object.fromEntries(stanza.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))));
  const target = targets.find((fields) => fields.Origin === 'Debian' && fields.Label === 'Debian');
  if (target === undefined) return null;
  return { uri: target['Repo-URI'], signedBy: signedBy(target.Sourcesentry, target['Repo-URI']) };
}

/** `file:number`: the stanza of a .sources file that has this mirror; its Signed-By, if it states one in one line. */
function signedBy(entry = '', uri = '') {
  const file = entry.replace(/:\d+$/, '');
  if (!file.endsWith('.sources')) return null;
  const stanza = readFileSync(file, 'utf8')
    .split(/\n\s*\n/)
    .find((text) => text.includes(uri.replace(/\/$/, '')));
  return /^Signed-By:[ \t]*(\/\S+)/m.exec(stanza ?? '')?.[1] ?? null;
}

/** What apt may be told to let pass on a machine; here it may not, whatever the machine's own configuration says. */
const verified = [
  'APT::Get::AllowUnauthenticated',
  'Acquire::AllowInsecureRepositories',
  'Acquire::AllowWeakRepositories',
  'Acquire::AllowDowngradeToInsecureRepositories',
].flatMap((setting) => ['-o', `${setting}=false`]);

/**
 * Fetches the upstream archive of a source package into `directory`, checked by apt against the signed archive: whatever version the
 * first of the suites that has one carries. Returns the archive's file name; null where none has it.
 */
export function fetchFromDebian({ package: name, suites }, directory, archive = machineArchive()) {
  if (archive === null) throw new BuildError('this machine has no Debian archive configured');
  const home = mkdtempSync(join(tmpdir(), 'libsolv-wasm-apt-'));
  try {
    return suites.reduce((found, suite) => found ?? fetchFromSuite(archive, suite, name, home, directory), null);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function fetchFromSuite(archive, suite, name, home, directory) {
  const env = { APT_CONFIG: writeConfiguration(archive, suite, home) };
  try {
    run('apt-get', [...verified, 'update'], { env });
    mkdirSync(directory, { recursive: true });
    run('apt-get', [...verified, 'source', '--download-only', '--only-source', '--tar-only', name], {
      cwd: directory,
      env,
    });
  } catch (error) {
    console.error(
      `libsolv-wasm: Debian ${suite}: ${error.message.split('\n').find((line) => /^E:/.test(line)) ?? error.message}`,
    );
    return null;
  }
  return (
    readdirSync(directory).find((file) => file.startsWith(`${name}_`) && /\.orig\.tar\.[a-z0-9]+$/.test(file)) ?? null
  );
}

function writeConfiguration({ uri, signedBy: keyring }, suite, home) {
  const root = join(home, suite);
  for (const part of ['lists/partial', 'cache/archives/partial', 'sources'])
    mkdirSync(join(root, part), { recursive: true });
  writeFileSync(
    join(root, 'sources', 'debian.sources'),
    `Types: deb-src\nURIs: ${uri}\nSuites: ${suite}\nComponents: main\n${keyring === null ? '' : `Signed-By: ${keyring}\n`}`,
  );
  const file = join(root, 'apt.conf');
  writeFileSync(
    file,
    [
      `Dir::State::lists "${root}/lists";`,
      `Dir::Cache "${root}/cache";`,
      'Dir::Etc::sourcelist "/dev/null";',
      `Dir::Etc::sourceparts "${root}/sources";`,
      'Acquire::Languages "none";',
      'APT::Sandbox::User "root";',
    ].join('\n'),
  );
  return file;
}
