package org.isochron.matcher.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.isochron.codecs.book.BookHash;
import org.isochron.risk.state.Capacities;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the books and a model of sorted maps and lists with the same random calls, and compares all they can be asked. */
class BooksRandomTest {
    private static final int STEPS = 40_000;
    private static final int INSTRUMENTS = 3;
    private static final int HOLDINGS = 5;
    private static final int SESSIONS = 3;

    private static final class Twin {
        int slot;
        long id;
        int instrument;
        long ticks;
        long leaves;
        long shown;
        long filled;
        long priority;
        long display;
        int holding;
        int session;
        long clientId;
        int traits;
        int stage = Books.MATCHING;

        boolean is(final int trait) {
            return (traits & trait) != 0;
        }
    }

    private final Books books = new Books(Capacities.GENESIS);
    private final List<Twin> open = new ArrayList<>();
    private final List<TreeMap<Long, List<Twin>>> sides = new ArrayList<>();
    private final List<List<Twin>> holdings = new ArrayList<>();
    private final List<List<Twin>> sessions = new ArrayList<>();
    private SplittableRandom random;
    private long counter;
    private String where;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_101, 77, 31_337})
    void shouldAgreeWithSortedMapsAndLists(final long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < 2 * INSTRUMENTS; i++) {
            sides.add(new TreeMap<>());
        }
        for (int i = 0; i < HOLDINGS; i++) {
            holdings.add(new ArrayList<>());
        }
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new ArrayList<>());
        }
        for (int step = 0; step < STEPS; step++) {
            where = "seed " + seed + ", step " + step;
            // Waves: the books fill up, and empty again, several times.
            final int target = step / 4_000 % 2 == 0 ? 1_500 : 20;
            if (open.size() < target && random.nextInt(10) < 6 || open.isEmpty()) {
                create();
            } else {
                change(open.get(random.nextInt(open.size())), open.size() > target);
            }
            if (step % 500 == 0) {
                compare();
                books.verifyInFull();
            }
        }
    }

    private void create() {
        final Twin twin = new Twin();
        final boolean extras = random.nextInt(4) == 0;
        twin.instrument = random.nextInt(INSTRUMENTS);
        twin.ticks = ticks();
        twin.leaves = 1 + random.nextInt(50);
        twin.holding = random.nextInt(HOLDINGS);
        twin.session = random.nextInt(SESSIONS);
        twin.clientId = random.nextBoolean() ? ++counter : random.nextLong();
        twin.priority = ++counter;
        twin.traits = (random.nextBoolean() ? OrderTraits.BUY : 0)
                | (random.nextInt(5) == 0 ? OrderTraits.REDUCE_ONLY : 0)
                | (extras ? OrderTraits.HAS_EXTRAS : 0);
        twin.slot = books.create(
                twin.instrument,
                twin.ticks,
                twin.leaves,
                twin.holding,
                twin.session,
                twin.clientId,
                counter,
                twin.priority,
                twin.traits);
        twin.id = books.id(twin.slot);
        if (extras) {
            twin.display = random.nextInt(20);
            books.extras(twin.slot, twin.display, 5, 6, 7, Books.NONE);
        }
        open.add(twin);
        final List<Twin> holding = holdings.get(twin.holding);
        holding.add(twin.is(OrderTraits.REDUCE_ONLY) ? 0 : reduceOnly(holding), twin);
        sessions.get(twin.session).add(0, twin);
        if (random.nextInt(10) == 0) {
            twin.stage = random.nextBoolean() ? Books.DELAYED : Books.UNTRIGGERED;
            books.stage(twin.slot, twin.stage);
        } else if (random.nextInt(10) < 9) {
            rest(twin);
        }
    }

    private static int reduceOnly(final List<Twin> holding) {
        return (int) holding.stream()
                .filter(twin -> twin.is(OrderTraits.REDUCE_ONLY))
                .count();
    }

    /** Near, far, and very far: neighbouring prices, prices that part at every bit, and both ends of the range. */
    private long ticks() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong(1L << random.nextInt(1, 61));
            case 1 -> 1L << random.nextInt(60);
            case 2 -> random.nextBoolean() ? 0 : Long.MAX_VALUE;
            default -> 10_000 + random.nextInt(200);
        };
    }

    private void change(final Twin twin, final boolean shrinking) {
        final int dice = random.nextInt(shrinking ? 14 : 24);
        if (dice < 10) {
            remove(twin);
        } else if (dice == 10) {
            final boolean same = random.nextBoolean();
            sessions.get(twin.session).remove(twin);
            final int before = twin.session;
            twin.session = same ? before : (before + 1) % SESSIONS;
            twin.clientId = ++counter;
            books.rename(twin.slot, twin.session, twin.clientId);
            sessions.get(twin.session).add(same ? placeInSession(twin) : 0, twin);
        } else if (twin.stage == Books.RESTING) {
            changeResting(twin, dice % 4);
        } else if (dice % 2 == 0) {
            twin.stage = Books.MATCHING;
            books.stage(twin.slot, Books.MATCHING);
            amend(twin);
            rest(twin);
        } else {
            final long lots = random.nextLong(twin.leaves + 1);
            books.fill(twin.slot, lots);
            twin.leaves -= lots;
            twin.filled += lots;
        }
    }

    private int placeInSession(final Twin twin) {
        int order = books.firstOfSession(twin.session);
        int place = 0;
        while (order != twin.slot) {
            assertEquals(sessions.get(twin.session).get(place).slot, order, where);
            order = books.nextOfSession(order);
            place++;
        }
        return place;
    }

    private void changeResting(final Twin twin, final int dice) {
        final long lots = random.nextLong(twin.leaves + 1);
        final long hidden = twin.leaves - twin.shown;
        switch (dice) {
            case 0 -> {
                books.fill(twin.slot, lots);
                twin.shown -= Math.min(lots, twin.shown);
                twin.leaves -= lots;
                twin.filled += lots;
            }
            case 1 -> {
                books.shrink(twin.slot, lots);
                twin.shown -= Math.max(0, lots - hidden);
                twin.leaves -= lots;
            }
            case 2 -> {
                if (hidden > 0) {
                    books.fill(twin.slot, twin.shown);
                    twin.leaves -= twin.shown;
                    twin.filled += twin.shown;
                    queueOf(twin).remove(twin);
                    twin.priority = ++counter;
                    twin.shown = Math.min(twin.display, twin.leaves);
                    queueOf(twin).add(twin);
                    books.refill(twin.slot, twin.priority);
                }
            }
            default -> {
                unqueue(twin);
                books.unrest(twin.slot);
                amend(twin);
                rest(twin);
            }
        }
    }

    private void amend(final Twin twin) {
        twin.ticks = ticks();
        twin.leaves += random.nextInt(3);
        twin.priority = ++counter;
        books.amend(twin.slot, twin.ticks, twin.leaves, twin.priority);
    }

    private void rest(final Twin twin) {
        twin.stage = Books.RESTING;
        twin.shown = twin.display == 0 ? twin.leaves : Math.min(twin.display, twin.leaves);
        queueOf(twin).add(twin);
        books.rest(twin.slot);
    }

    private List<Twin> queueOf(final Twin twin) {
        return side(twin).computeIfAbsent(twin.ticks, ticks -> new ArrayList<>());
    }

    private TreeMap<Long, List<Twin>> side(final Twin twin) {
        return sides.get(2 * twin.instrument + (twin.is(OrderTraits.BUY) ? 0 : 1));
    }

    private void unqueue(final Twin twin) {
        queueOf(twin).remove(twin);
        if (queueOf(twin).isEmpty()) {
            side(twin).remove(twin.ticks);
        }
        twin.stage = Books.MATCHING;
        twin.shown = 0;
    }

    private void remove(final Twin twin) {
        if (twin.stage == Books.RESTING) {
            unqueue(twin);
        }
        books.remove(twin.slot);
        assertEquals(Books.NONE, books.findById(twin.id), where);
        assertEquals(Books.NONE, books.findByClientId(twin.session, twin.clientId), where);
        Collections.swap(open, open.indexOf(twin), open.size() - 1);
        open.remove(open.size() - 1);
        holdings.get(twin.holding).remove(twin);
        sessions.get(twin.session).remove(twin);
    }

    private void compare() {
        assertEquals(open.size(), books.openOrders(), where);
        open.forEach(this::compare);
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            final long bids = compareSide(instrument, true);
            assertEquals(bids + compareSide(instrument, false), books.bookHash(instrument), where);
        }
        for (int holding = 0; holding < HOLDINGS; holding++) {
            compareHolding(holding);
        }
        for (int session = 0; session < SESSIONS; session++) {
            int order = books.firstOfSession(session);
            for (final Twin twin : sessions.get(session)) {
                assertEquals(twin.slot, order, where);
                order = books.nextOfSession(order);
            }
            assertEquals(Books.NONE, order, where);
        }
    }

    private void compare(final Twin twin) {
        assertEquals(twin.slot, books.findById(twin.id), where);
        assertEquals(twin.slot, books.findByClientId(twin.session, twin.clientId), where);
        assertEquals(twin.ticks, books.ticks(twin.slot), where);
        assertEquals(twin.leaves, books.leavesLots(twin.slot), where);
        assertEquals(twin.shown, books.shownLots(twin.slot), where);
        assertEquals(twin.filled, books.filledLots(twin.slot), where);
        assertEquals(twin.priority, books.priority(twin.slot), where);
        assertEquals(twin.stage, books.stage(twin.slot), where);
        assertEquals(twin.traits, books.traits(twin.slot), where);
        assertEquals(twin.display, books.displayLots(twin.slot), where);
        assertEquals(twin.is(OrderTraits.HAS_EXTRAS) ? 7 : Books.NONE, books.stpGroup(twin.slot), where);
        assertEquals(Books.NONE, books.mmpGroup(twin.slot), where);
    }

    private long compareSide(final int instrument, final boolean buy) {
        final TreeMap<Long, List<Twin>> side = sides.get(2 * instrument + (buy ? 0 : 1));
        long hash = 0;
        int level = books.bestLevel(instrument, buy);
        int order = books.best(instrument, buy);
        for (final List<Twin> queue : (buy ? side.descendingMap() : side).values()) {
            assertEquals(queue.get(0).ticks, books.levelTicks(level), where);
            assertEquals(queue.get(0).slot, books.firstOfLevel(level), where);
            assertEquals(queue.size(), books.levelOrders(level), where);
            assertEquals(queue.stream().mapToLong(twin -> twin.shown).sum(), books.levelLots(level), where);
            assertEquals(
                    queue.stream().mapToLong(twin -> twin.leaves - twin.shown).sum(),
                    books.levelHiddenLots(level),
                    where);
            for (final Twin twin : queue) {
                assertEquals(twin.slot, order, where);
                hash += BookHash.of(twin.priority, twin.ticks, buy, twin.shown);
                order = books.behind(order);
            }
            level = books.nextLevel(level);
        }
        assertEquals(Books.NONE, level, where);
        assertEquals(Books.NONE, order, where);
        if (!side.isEmpty()) {
            final long best = buy ? side.lastKey() : side.firstKey();
            assertTrue(books.crosses(instrument, !buy, best), where);
            assertEquals(best, books.bestTicks(instrument, buy), where);
        }
        return hash;
    }

    private void compareHolding(final int holding) {
        int order = books.firstOfHolding(holding);
        final List<List<Long>> holdMargin = new ArrayList<>();
        for (final Twin twin : holdings.get(holding)) {
            assertEquals(twin.slot, order, where);
            order = books.nextOfHolding(order);
            if (twin.is(OrderTraits.BUY) && !twin.is(OrderTraits.REDUCE_ONLY) && twin.stage != Books.UNTRIGGERED) {
                holdMargin.add(List.of(twin.ticks, books.leavesLots(twin.slot)));
            }
        }
        assertEquals(Books.NONE, order, where);
        assertEquals(reduceOnly(holdings.get(holding)) > 0, books.hasReduceOnly(holding), where);
        final List<List<Long>> walked = new ArrayList<>();
        books.walk(holding, true, (ticks, lots) -> walked.add(List.of(ticks, lots)));
        assertEquals(holdMargin, walked, where);
    }
}
