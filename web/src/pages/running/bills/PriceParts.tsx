import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { membersQuery } from '../../../queries/perimeters';
import { sellersQuery } from '../../../queries/sellers';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import {
  type DayKind,
  type Defined,
  hourClass,
  type PriceKey,
  type Season,
  withNamed,
} from '../../../words/priceLists';
import { useNames } from '../names';
import styles from './Bills.module.css';

/** They are kept here until all is sent. */
const HERE = { error: null, isPending: false };
/** As long as a name on an invoice may be. */
const NAME_LENGTH = 60;

interface PartProps {
  defined: Defined;
  onChange: (defined: Defined) => void;
}

interface NewPriceProps {
  operation: string;
  defined: Defined;
  onAdd: (key: PriceKey) => void;
}

const ALL = '';

/** One more price: for whom, at which hours, of which plant. */
export function NewPrice({ operation, defined, onAdd }: NewPriceProps) {
  const words = useWords(pricesWords);
  const names = useNames(operation);
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  const [group, setGroup] = useState(ALL);
  const [hours, setHours] = useState(ALL);
  // By number: a point is not named in what a browser may keep of a form.
  const [plant, setPlant] = useState(ALL);
  const plants = sellers.flatMap(({ points }) => points);
  const add = () =>
    onAdd({
      consumer: null,
      group: group || null,
      hour_class: hours || null,
      producer: plants[Number(plant) - 1] ?? null,
    });
  return (
    <details>
      <summary>{words.addPrice}</summary>
      <SendForm attempt={HERE} submit={words.add} onSend={add}>
        <SelectField
          name="group"
          label={words.whom}
          options={[
            [ALL, words.everybody],
            ...defined.groups.map(({ name }) => [name, words.group(name)] as const),
          ]}
          value={group}
          onChange={setGroup}
        />
        <SelectField
          name="hours"
          label={words.hours}
          options={[
            [ALL, words.otherHours],
            ...defined.hour_classes.map(({ name }) => [name, name] as const),
          ]}
          value={hours}
          onChange={setHours}
        />
        {plants.length > 1 && (
          <SelectField
            name="plant"
            label={words.plant}
            options={[
              [ALL, words.otherPlants],
              ...plants.map((prm, place) => [String(place + 1), names.ofPoint(prm)] as const),
            ]}
            value={plant}
            onChange={setPlant}
          />
        )}
      </SendForm>
    </details>
  );
}

/** Hours that are to have a price of their own. */
export function NewHours({ defined, onChange }: PartProps) {
  const words = useWords(pricesWords);
  const [days, setDays] = useState<DayKind>('all');
  const [season, setSeason] = useState<Season>('all');
  const [added, setAdded] = useState('');
  const add = (form: FormData) => {
    const hours = [textIn(form, 'from') ?? '', textIn(form, 'to') ?? ''] as const;
    const named = hourClass(textIn(form, 'name') ?? '', hours, days, season);
    onChange({ ...defined, hour_classes: withNamed(defined.hour_classes, named) });
    setAdded(named.name);
  };
  return (
    <details>
      <summary>{words.addHours}</summary>
      <SendForm attempt={HERE} submit={words.saveHours} onSend={add}>
        <Field
          name="name"
          type="text"
          maxLength={NAME_LENGTH}
          label={words.hoursName}
          help={words.hoursNameHelp}
        />
        <Field name="from" type="time" label={words.hoursFrom} defaultValue="11:00" />
        <Field
          name="to"
          type="time"
          label={words.hoursTo}
          help={words.hoursToHelp}
          defaultValue="17:00"
        />
        <SelectField
          name="days"
          label={words.dayKind}
          options={Object.entries(words.dayKinds) as [DayKind, string][]}
          value={days}
          onChange={setDays}
        />
        <SelectField
          name="season"
          label={words.season}
          options={Object.entries(words.seasons) as [Season, string][]}
          value={season}
          onChange={setSeason}
        />
      </SendForm>
      <Said>{added && words.added(added)}</Said>
    </details>
  );
}

/** Members who are to have a price of their own. */
export function NewGroup({ operation, defined, onChange }: PartProps & { operation: string }) {
  const words = useWords(pricesWords);
  const { data: members = [] } = useQuery(membersQuery(operation));
  const [added, setAdded] = useState('');
  const add = (form: FormData) => {
    const group = {
      name: textIn(form, 'name') ?? '',
      social: form.has('social'),
      consumers: [],
      members: members.filter(({ id }) => form.has(id)).map(({ id }) => id),
    };
    onChange({ ...defined, groups: withNamed(defined.groups, group) });
    setAdded(group.name);
  };
  return (
    <details>
      <summary>{words.addGroup}</summary>
      <SendForm attempt={HERE} submit={words.saveGroup} onSend={add}>
        <Field
          name="name"
          type="text"
          maxLength={NAME_LENGTH}
          label={words.groupName}
          help={words.groupNameHelp}
        />
        <TickField name="social" label={words.isSocial} />
        <fieldset className={styles.members}>
          <legend>{words.groupMembers}</legend>
          {members.map(({ id, name }) => (
            <TickField key={id} name={id} label={name} />
          ))}
        </fieldset>
      </SendForm>
      <Said>{added && words.added(added)}</Said>
    </details>
  );
}
