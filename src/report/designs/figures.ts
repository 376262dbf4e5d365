import type { RunDocument, ScoreFigure, ScorePlace, ScoreShare } from '#run-document';
import type { Pages } from '../site/pages.js';
import type { Address } from '../site/place.js';
import { catalogueFigures } from './catalogue.js';
import { rebuiltCount } from './rebuilt.js';
import type { DesignFigures, Figure, Share } from './row.js';

/** A row for each design, those of the scorecard where the run has one, else what its scenarios say. */
export function designFigures(run: RunDocument, pages: Pages): DesignFigures[] {
  return run.scorecard === null ? catalogueFigures(run, pages) : scoredFigures(run.scorecard, pages);
}

const nothing = { holds: 0, of: 0, at: null };

function scoredFigures({ designs }: NonNullable<RunDocument['scorecard']>, pages: Pages): DesignFigures[] {
  return designs.map((design) => {
    const head = { design: design.design, about: design.about };
    if (design.status === 'refused') return { ...head, ...untried, refused: design.error };
    const at = (place: ScorePlace | null): Address | null =>
      place === null ? null : pages.scored(design.design, place);
    const first = design.trials[0] ?? null;
    const share = ({ holds, of, not }: ScoreShare): Share => ({ holds, of, at: of === 0 ? null : at(not ?? first) });
    const figure = (value: ScoreFigure): Figure | null =>
      value === null ? null : { value: value.median.value, most: value.most.value, at: at(value.median.at) };
    const { figures, repository, updates, medianUpdate } = design;
    const update = medianUpdate === null ? undefined : updates[medianUpdate];
    const page = pages.of('design', design.design);
    const onPage = (anchor: string): Address | null => (page === null ? null : { ...page, anchor });
    return {
      ...head,
      refused: null,
      boots: {
        install: share(figures.boots.install),
        update: share(figures.boots.update),
        kernelByName: share(figures.boots.kernelByName),
      },
      devices: share(figures.devices),
      driverAlone: share(figures.driverAlone),
      installBytes: figure(figures.installBytes),
      updateBytes: figure(figures.updateBytes),
      diskBytes: figure(figures.diskBytes),
      refreshBytes: { value: repository.primaryGzipBytes, most: repository.primaryGzipBytes, at: onPage('repository') },
      rebuilt:
        update === undefined
          ? null
          : {
              packages: rebuiltCount(update),
              of: update.packages,
              at: onPage('updates'),
            },
      wall: figures.wall.map((part) => ({ ...part, at: at(part.at) })),
      broken: design.cells.flatMap(({ promise, status, counterexample }) =>
        status === 'broken' ? [{ promise, at: at(counterexample) ?? onPage('promises') }] : [],
      ),
    };
  });
}

const untried: Omit<DesignFigures, 'design' | 'about' | 'refused'> = {
  boots: { install: nothing, update: nothing, kernelByName: nothing },
  devices: nothing,
  driverAlone: nothing,
  installBytes: null,
  updateBytes: null,
  diskBytes: null,
  refreshBytes: null,
  rebuilt: null,
  wall: [],
  broken: [],
};
