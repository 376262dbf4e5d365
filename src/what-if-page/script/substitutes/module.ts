import louvain from 'graphology-communities-louvain';

/** The one package that the lab asks Node.js' `require` for. */
export function createRequire(): (name: string) => unknown {
  return (name) => {
    if (name === 'graphology-communities-louvain') return louvain;
    throw new Error(`${name} is not in the page`);
  };
}
