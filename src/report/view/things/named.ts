import type { RunDocument } from '#run-document';
import { count, counted } from '#tell';
import type { Mention } from '../../site/mentions.js';
import { type Pages, updateName } from '../../site/pages.js';
import { fact, figure, plain, type ThingSection, type ThingView, tables } from './thing.js';

/** Rows of a table of mentions; its data file has all. */
const mentionsMax = 200;

function mentioned(list: readonly Mention[], data: string): ThingSection[] {
  return tables('named', 'Where it is named', [
    {
      caption:
        list.length > mentionsMax
          ? `The first ${count(mentionsMax)} of ${counted(list.length, 'place')}`
          : counted(list.length, 'place'),
      data,
      columns: ['Step', 'As'],
      rows: list.map(({ where, as, to }) => [{ text: where, to }, plain(as)]),
      textColumns: 2,
      shownMax: mentionsMax,
    },
  ]);
}

export function packageThing(name: string, pages: Pages): ThingView {
  return {
    kind: 'Package',
    title: name,
    lead: '',
    facts: [],
    sections: mentioned(pages.packages.get(name) ?? [], 'package-mentions'),
  };
}

export function symbolThing(name: string, { graph, churn }: RunDocument, pages: Pages): ThingView {
  const radius = graph?.blastRadius.find(({ symbol }) => symbol === name);
  const updates = churn.flatMap((update) => {
    const found = update.responsible.find((one) => one.name === name);
    return found === undefined ? [] : [{ update, importers: found.count }];
  });
  return {
    kind: 'Symbol',
    title: name,
    lead: '',
    facts:
      radius === undefined || graph === null
        ? []
        : [
            fact('Exported by', radius.exporter),
            fact(
              'When its checksum changes',
              `${counted(radius.direct, 'kernel module')} of ${graph.release} stop loading directly, ${count(radius.transitive)} in all`,
            ),
          ],
    sections: [
      ...tables('updates', 'Updates that change it', [
        {
          caption: 'Importers that no longer load',
          data: 'symbol-updates',
          columns: ['Update', 'Importers'],
          rows: updates.map(({ update, importers }) => [
            { text: updateName(update), to: pages.of('update', updateName(update)) },
            figure(importers, count),
          ]),
          textColumns: 1,
        },
      ]),
      ...mentioned(pages.symbols.get(name) ?? [], 'symbol-mentions'),
    ],
  };
}
