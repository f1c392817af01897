"""What holds for every key: no energy is made or lost, and no order matters."""

from hypothesis import given
from hypothesis import strategies as st

from services.allocation.domain.allocation import inputs_hash
from services.allocation.domain.keys import Key, Priority, Static
from tests.allocation.domain.strategies import Case, cases, keys


@given(st.data(), cases())
def test_no_energy_is_made_lost_or_forced_on_anybody(data: st.DataObject, case: Case) -> None:
    allocation = case.allocate(data.draw(keys(case)))

    shares = allocation.shares_wmin
    produced, consumed = allocation.metered.production_wmin, allocation.metered.consumption_wmin
    assert (shares >= 0).all()
    assert (shares.sum(axis=0) <= consumed).all()
    assert (shares.sum(axis=1) <= produced).all()
    assert (shares.sum(axis=1) + allocation.surplus_wmin == produced).all()
    assert (shares.sum(axis=0) + allocation.complement_wmin == consumed).all()


@given(st.data(), cases())
def test_the_order_of_points_changes_nothing(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    turned = key
    if isinstance(key, Static):
        turned = Static(
            dict(sorted(key.shares.items(), reverse=True)), redistribute=key.redistribute
        )
    if isinstance(key, Priority):
        turned = Priority([list(reversed(rank)) for rank in key.ranks])

    one, other = case.allocate(key), case.reversed().allocate(turned)

    assert one.metered.consumers == other.metered.consumers
    assert (one.shares_wmin == other.shares_wmin).all()
    assert _hash(case, key) == _hash(case.reversed(), turned)


@given(st.data(), cases())
def test_every_step_is_allocated_on_its_own(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    step = data.draw(st.integers(0, case.steps - 1))
    alone = Case(
        {prm: curve[step : step + 1] for prm, curve in case.productions.items()},
        {prm: curve[step : step + 1] for prm, curve in case.consumptions.items()},
        first_start_min=int(case.starts[step]),
    )

    together = case.allocate(key).shares_wmin[:, :, step]

    assert (alone.allocate(key).shares_wmin[:, :, 0] == together).all()


@given(st.data(), cases())
def test_totals_and_frame_say_what_the_shares_say(data: st.DataObject, case: Case) -> None:
    allocation = case.allocate(data.draw(keys(case)))

    frame = allocation.frame()

    summed = frame.group_by("producer", "consumer").sum().sort("producer", "consumer")
    assert summed.select("producer", "consumer", "energy_wmin").rows() == list(allocation.totals())
    assert frame.equals(frame.sort("start_epoch_min", "producer", "consumer"))
    assert frame.filter(energy_wmin=0).is_empty()


@given(st.data(), cases())
def test_any_change_of_the_inputs_changes_their_hash(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    before = _hash(case, key)
    curves = data.draw(st.sampled_from([case.productions, case.consumptions]))
    prm = data.draw(st.sampled_from(sorted(curves)))

    curves[prm] = curves[prm].copy()
    curves[prm][-1] += 1

    assert _hash(case, key) != before


def _hash(case: Case, key: Key) -> str:
    return inputs_hash(case.productions, case.consumptions, key, starts_epoch_min=case.starts)
