import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { membersQuery } from '../../../queries/perimeters';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import {
  type DayKind,
  type Defined,
  groupWith,
  hourClass,
  isNamed,
  type PriceKey,
  type Season,
  withNamed,
} from '../../../words/priceLists';
import { pricedHoursSentence } from '../../../words/windows';
import styles from './Bills.module.css';
import { EVERYBODY, useBuyers, usePlantsOrAll } from './buyers';
import { PlaceField } from './PlaceField';
import type { Buyer } from './priceNames';
import { HERE, NAME_LENGTH, NEW } from './terms/ofTerms';
import { Which } from './terms/Which';

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
  const buyers = useBuyers(operation, defined);
  const plants = usePlantsOrAll(operation);
  const [buyer, setBuyer] = useState<Buyer>(EVERYBODY);
  const [hours, setHours] = useState(ALL);
  const [producer, setProducer] = useState<string | null>(null);
  const add = () => onAdd({ ...buyer, hour_class: hours || null, producer });
  return (
    <details>
      <summary>{words.addPrice}</summary>
      <SendForm attempt={HERE} submit={words.add} onSend={add}>
        <PlaceField
          name="buyer"
          label={words.whom}
          choices={buyers}
          chosen={buyer}
          onChange={setBuyer}
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
        {plants.length > 2 && (
          <PlaceField
            name="plant"
            label={words.plant}
            choices={plants}
            chosen={producer}
            onChange={setProducer}
          />
        )}
      </SendForm>
    </details>
  );
}

interface NewNameProps {
  all: readonly { name: string }[];
  label: string;
  help: string;
}

/** A name that nothing has yet: what has it is changed by choosing it. */
function NewName({ all, label, help }: NewNameProps) {
  const words = useWords(pricesWords);
  return (
    <Field
      name="name"
      type="text"
      maxLength={NAME_LENGTH}
      label={label}
      help={help}
      validate={(text) => (isNamed(all, text) ? words.isNamed : null)}
    />
  );
}

/** Hours that are to have a price of their own. */
export function NewHours({ defined, onChange }: PartProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const [days, setDays] = useState<DayKind>('all');
  const [season, setSeason] = useState<Season>('all');
  const [chosen, choose] = useState(NEW);
  const [added, setAdded] = useState('');
  const former = defined.hour_classes.find(({ name }) => name === chosen);
  const add = (form: FormData) => {
    const hours = [textIn(form, 'from') ?? '', textIn(form, 'to') ?? ''] as const;
    const named = hourClass(former?.name ?? textIn(form, 'name') ?? '', hours, days, season);
    onChange({ ...defined, hour_classes: withNamed(defined.hour_classes, named) });
    setAdded(named.name);
    choose(NEW);
  };
  return (
    <details>
      <summary>{words.addHours}</summary>
      <SendForm attempt={HERE} submit={words.saveHours} onSend={add}>
        <Which
          name="which_hours"
          label={words.whichHours}
          another={words.newHours}
          all={defined.hour_classes.map(({ name }) => [name, name] as const)}
          chosen={chosen}
          onChange={choose}
        />
        {former ? (
          <p>{words.hoursBefore(pricedHoursSentence(former, language))}</p>
        ) : (
          <NewName
            key={defined.hour_classes.length}
            all={defined.hour_classes}
            label={words.hoursName}
            help={words.hoursNameHelp}
          />
        )}
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
  const [chosen, choose] = useState(NEW);
  const [added, setAdded] = useState('');
  const former = defined.groups.find(({ name }) => name === chosen);
  // Ticks begin anew with each group.
  const which = `${defined.groups.length} ${chosen}`;
  const add = (form: FormData) => {
    const group = groupWith(former, {
      name: former?.name ?? textIn(form, 'name') ?? '',
      social: form.has('social'),
      members: members.filter(({ id }) => form.has(id)).map(({ id }) => id),
    });
    onChange({ ...defined, groups: withNamed(defined.groups, group) });
    setAdded(group.name);
    choose(NEW);
  };
  return (
    <details>
      <summary>{words.addGroup}</summary>
      <SendForm attempt={HERE} submit={words.saveGroup} onSend={add}>
        <Which
          name="which_group"
          label={words.whichGroup}
          another={words.newGroup}
          all={defined.groups.map(({ name }) => [name, name] as const)}
          chosen={chosen}
          onChange={choose}
        />
        {!former && (
          <NewName
            key={defined.groups.length}
            all={defined.groups}
            label={words.groupName}
            help={words.groupNameHelp}
          />
        )}
        <TickField
          key={`social ${which}`}
          name="social"
          label={words.isSocial}
          isTicked={former?.social ?? false}
        />
        <fieldset key={which} className={styles.members}>
          <legend>{words.groupMembers}</legend>
          {members.map(({ id, name }) => (
            <TickField
              key={id}
              name={id}
              label={name}
              isTicked={former?.members.includes(id) ?? false}
            />
          ))}
        </fieldset>
      </SendForm>
      <Said>{added && words.added(added)}</Said>
    </details>
  );
}
