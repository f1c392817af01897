import { useMutation } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { importWords } from '../../../messages/running/imports';
import { Card } from '../../../parts/Card';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import {
  importMembers,
  importParticipations,
  previewMembers,
  previewParticipations,
} from '../../../queries/imports';
import { withoutTabs } from '../../../words/csv';
import {
  entriesOf,
  LISTS,
  type ListKind,
  ofMembers,
  ofParticipations,
} from '../../../words/imports';
import { useWords } from '../../../words/language';
import { Filters } from '../../staff/Filters';
import { useChanged } from '../close/changed';
import { Headings } from './Headings';
import { ImportResult } from './ImportResult';
import { PeoplePage } from './PeoplePage';
import { PlanEntries } from './PlanEntries';
import { TableField } from './TableField';
import { Template } from './Template';

/** Members and participations from a spreadsheet: checked first, imported by a tick. */
export function Import() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/import' });
  const { of: kind = 'members' } = useSearch({ from: '/inside/o/$operation/people/import' });
  const words = useWords(importWords);
  return (
    <PeoplePage operation={operation} page="import">
      <Filters label={words.which}>
        {LISTS.map((list) => [
          list,
          <Link
            key={list}
            to="/o/$operation/people/import"
            params={{ operation }}
            search={list === 'members' ? {} : { of: list }}
            aria-current={list === kind ? 'true' : undefined}
          >
            {words.lists[list]}
          </Link>,
        ])}
      </Filters>
      <p className={shared.lead}>{words.leads[kind]}</p>
      <OfKind key={kind} operation={operation} kind={kind} />
    </PeoplePage>
  );
}

function OfKind({ operation, kind }: { operation: string; kind: ListKind }) {
  const words = useWords(importWords);
  const [text, setText] = useState('');
  const changed = useChanged(operation);
  const checking = useMutation({
    mutationFn: async (table: string) =>
      kind === 'members'
        ? ofMembers(await previewMembers(operation, table))
        : ofParticipations(await previewParticipations(operation, table)),
  });
  const importing = useMutation({
    mutationFn: async ({ table, hash }: { table: string; hash: string }) => {
      if (kind === 'members') {
        return entriesOf(table, await importMembers(operation, table, hash));
      }
      await importParticipations(operation, table, hash);
      return [];
    },
    onSuccess: () => {
      setText('');
      checking.reset();
      return changed();
    },
  });
  const table = withoutTabs(text);
  return (
    <>
      <Said>{importing.isSuccess && words.done}</Said>
      {importing.isSuccess && (
        <Link className={shared.more} to="/o/$operation/people/members" params={{ operation }}>
          {words.toMembers}
        </Link>
      )}
      {importing.data && importing.data.length > 0 && (
        <PlanEntries key={importing.submittedAt} operation={operation} entries={importing.data} />
      )}
      <Card title={words.file}>
        <Template operation={operation} kind={kind} />
        <Headings kind={kind} />
        <TableField
          text={text}
          onText={setText}
          attempt={checking}
          onCheck={() => {
            importing.reset();
            checking.mutate(table);
          }}
        />
      </Card>
      {checking.data && (
        <ImportResult
          operation={operation}
          kind={kind}
          table={checking.variables}
          isOld={checking.variables !== table}
          preview={checking.data}
          attempt={importing}
          onImport={() => importing.mutate({ table: checking.variables, hash: checking.data.hash })}
        />
      )}
    </>
  );
}
