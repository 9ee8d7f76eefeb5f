package org.isochron.matcher.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.junit.jupiter.api.Test;

class BooksTest {
    private final Books books = new Books(Capacities.GENESIS);
    private long clientId;

    private int rest(final boolean buy, final long ticks, final long lots) {
        final int order = open(0, buy, ticks, lots);
        books.rest(order);
        return order;
    }

    private int open(final int instrument, final boolean buy, final long ticks, final long lots) {
        return books.create(instrument, ticks, lots, instrument, 0, ++clientId, 0, clientId, buy ? OrderTraits.BUY : 0);
    }

    @Test
    void shouldPutTheHighestBidAndTheLowestOfferFirst() {
        rest(true, 98, 1);
        final int bid = rest(true, 99, 2);
        rest(true, 97, 3);
        rest(false, 103, 1);
        final int offer = rest(false, 101, 2);

        assertEquals(bid, books.best(0, true));
        assertEquals(99, books.bestTicks(0, true));
        assertEquals(offer, books.best(0, false));
        assertEquals(101, books.bestTicks(0, false));
    }

    @Test
    void shouldQueueByTimeAtOnePrice() {
        final int first = rest(true, 99, 1);
        final int second = rest(true, 99, 2);
        final int third = rest(true, 99, 4);
        assertEquals(7, books.bestLots(0, true));
        assertEquals(3, books.bestOrders(0, true));

        books.remove(second);

        assertEquals(first, books.best(0, true));
        assertEquals(third, books.behind(first));
        assertEquals(Books.NONE, books.behind(third));
        assertEquals(5, books.bestLots(0, true));
    }

    @Test
    void shouldKeepInstrumentsApart() {
        final int here = rest(true, 99, 1);
        final int there = open(1, true, 100, 1);
        books.rest(there);

        assertEquals(here, books.best(0, true));
        assertEquals(there, books.best(1, true));
        assertEquals(1, books.openOrders(0));
    }

    @Test
    void shouldCrossAtTheBestPriceAndNotOneTickBefore() {
        rest(false, 101, 1);

        assertFalse(books.crosses(0, true, 100));
        assertTrue(books.crosses(0, true, 101));
        assertFalse(books.crosses(0, false, 101), "no bids to meet");
    }

    @Test
    void shouldTakeFilledLotsOffTheLevelAndKeepThePlace() {
        final int first = rest(false, 101, 5);
        rest(false, 101, 5);

        books.fill(first, 3);

        assertEquals(first, books.best(0, false));
        assertEquals(7, books.bestLots(0, false));
        assertEquals(3, books.filledLots(first));
        assertEquals(2, books.leavesLots(first));
    }

    @Test
    void shouldStopWhenMoreIsFilledThanIsOpen() {
        final int order = rest(false, 101, 5);

        assertThrows(InvariantViolation.class, () -> books.fill(order, 6));
    }

    @Test
    void shouldNotMistakeAnIdForTheNextUserOfItsSlot() {
        final int order = rest(true, 99, 1);
        final long id = books.id(order);
        assertEquals(order, books.findById(id));

        books.remove(order);
        final int successor = rest(true, 99, 1);

        assertEquals(order, successor);
        assertEquals(Books.NONE, books.findById(id));
        assertNotEquals(id, books.id(successor));
        assertEquals(Books.NONE, books.findById(-1));
    }

    @Test
    void shouldFindAnOrderByItsNewestClientIdOnly() {
        final int order = rest(true, 99, 1);

        books.rename(order, 3, 77);

        assertEquals(Books.NONE, books.findByClientId(0, clientId));
        assertEquals(order, books.findByClientId(3, 77));
        assertEquals(order, books.firstOfSession(3));
        assertEquals(Books.NONE, books.firstOfSession(0));
    }

    @Test
    void shouldHashEqualWhateverTheDetour() {
        final Books twin = new Books(Capacities.GENESIS);
        rest(true, 99, 1);
        final long before = books.hash();
        final int detour = rest(true, 98, 1);
        assertNotEquals(before, books.hash());

        books.remove(detour);

        assertNotEquals(before, books.hash(), "the slot's generation is state");
        assertNotEquals(twin.hash(), books.hash());
        books.verifyInFull();
    }

    @Test
    void shouldHoldSixtyFiveThousandOrdersOnThousandsOfLevels() {
        final Capacities genesis = Capacities.GENESIS;
        for (int i = 0; i < genesis.orders(); i++) {
            rest(i % 2 == 0, i % 2 == 0 ? 5_000 - i % 4_001 : 5_001 + i % 4_001, 1);
        }
        assertTrue(books.isFull());
        assertEquals(5_000, books.bestTicks(0, true));
        books.verifyInFull();

        while (books.best(0, true) != Books.NONE) {
            books.remove(books.best(0, true));
        }

        assertEquals(genesis.orders() / 2, books.openOrders());
        books.verifyInFull();
    }

    @Test
    void shouldStopWhenOneMoreThanTheCapacityIsCreated() {
        for (int i = 0; i < Capacities.GENESIS.orders(); i++) {
            open(0, true, 100, 1);
        }
        assertTrue(books.isFull());

        assertThrows(InvariantViolation.class, () -> open(0, true, 100, 1));
    }

    @Test
    void shouldTakeOtherCapacitiesOnlyBeforeTheFirstOrder() {
        books.resize(Capacities.LARGEST);
        final int last = Capacities.LARGEST.instruments() - 1;
        final int order = books.create(last, 1L << 31, 1, 7, 7, 7, 7, 7, OrderTraits.BUY);
        books.rest(order);
        assertEquals(1L << 31, books.bestTicks(last, true));
        books.remove(order);

        assertThrows(IllegalStateException.class, () -> books.resize(Capacities.GENESIS));
    }

    @Test
    void shouldRefuseToQueueBehindAHigherPriority() {
        final int early = open(0, true, 99, 1);
        rest(true, 99, 1);

        assertThrows(InvariantViolation.class, () -> books.rest(early));
    }

    @Test
    void shouldShowAnIcebergSliceBySliceAndSendEachToTheEnd() {
        final int iceberg = books.create(0, 99, 10, 0, 0, ++clientId, 0, clientId, OrderTraits.HAS_EXTRAS);
        books.extras(iceberg, 4, 0, 0, Books.NONE, Books.NONE);
        books.rest(iceberg);
        final int plain = rest(false, 99, 1);
        final int level = books.bestLevel(0, false);
        assertEquals(5, books.levelLots(level));
        assertEquals(6, books.levelHiddenLots(level));
        assertThrows(InvariantViolation.class, () -> books.refill(iceberg, clientId + 1), "still shows");

        books.fill(iceberg, 4);
        books.refill(iceberg, ++clientId);

        assertEquals(plain, books.best(0, false));
        assertEquals(4, books.shownLots(iceberg));
        assertEquals(2, books.levelHiddenLots(level));

        books.shrink(iceberg, 3);

        assertEquals(3, books.shownLots(iceberg), "the hidden ones go first");
        books.verifyInFull();
    }

    @Test
    void shouldRefuseStagesOfTheQueueAndOfOrdersInIt() {
        final int order = open(0, true, 99, 1);
        assertThrows(InvariantViolation.class, () -> books.stage(order, Books.RESTING));
        books.stage(order, Books.DELAYED);
        assertThrows(InvariantViolation.class, () -> books.rest(order), "has not had its turn");
        books.stage(order, Books.MATCHING);
        books.rest(order);

        assertThrows(InvariantViolation.class, () -> books.stage(order, Books.UNTRIGGERED));
        assertThrows(InvariantViolation.class, () -> books.amend(order, 98, 1, 77));
    }

    @Test
    void shouldLetTraitsChangeButNotSideOrPlace() {
        final int order = open(0, true, 99, 1);
        books.traits(order, OrderTraits.BUY | OrderTraits.POST_ONLY);
        assertTrue(books.isPostOnly(order));

        assertThrows(InvariantViolation.class, () -> books.traits(order, 0));
        assertThrows(InvariantViolation.class, () -> books.traits(order, OrderTraits.BUY | OrderTraits.REDUCE_ONLY));
    }

    @Test
    void shouldHashWhatAnOrderHoldsWhereItWaitsAndWhichSlotComesNext() {
        final int order = open(0, true, 99, 5);
        long before = books.hash();
        books.stage(order, Books.UNTRIGGERED);
        before = assertChanged(before);
        books.stage(order, Books.MATCHING);
        before = assertChanged(before);
        books.rest(order);
        before = assertChanged(before);
        books.fill(order, 1);
        before = assertChanged(before);
        books.rename(order, 1, 9_999);
        before = assertChanged(before);
        books.remove(order);
        assertChanged(before);
    }

    private long assertChanged(final long before) {
        assertNotEquals(before, books.hash());
        books.verifyInFull();
        return books.hash();
    }

    @Test
    void shouldAgreeWithTheNaiveBook() {
        final long seed = 31_337;
        final SplittableRandom random = new SplittableRandom(seed);
        final NaiveBook[] naive = {new NaiveBook(true), new NaiveBook(false)};
        final List<Integer> open = new ArrayList<>();
        final List<NaiveBook.Order> twins = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            final int dice = random.nextInt(10);
            if (dice < 5 || open.isEmpty()) {
                final boolean buy = random.nextBoolean();
                final long ticks = 100 + random.nextInt(300);
                final int order = rest(buy, ticks, 1 + random.nextInt(5));
                final NaiveBook.Order twin = new NaiveBook.Order(books.id(order), 0, ticks, books.leavesLots(order));
                naive[buy ? 0 : 1].rest(twin);
                open.add(order);
                twins.add(twin);
            } else {
                final int index = random.nextInt(open.size());
                final int order = open.get(index);
                final NaiveBook.Order twin = twins.get(index);
                if (dice < 7 && twin.lots > 1) {
                    books.shrink(order, 1);
                    twin.lots--;
                } else {
                    naive[books.isBuy(order) ? 0 : 1].remove(twin);
                    books.remove(order);
                    open.remove(index);
                    twins.remove(index);
                }
            }
            if (step % 100 == 0) {
                assertSame(naive[0], true, "seed " + seed + ", step " + step);
                assertSame(naive[1], false, "seed " + seed + ", step " + step);
            }
        }
        books.verifyInFull();
    }

    private void assertSame(final NaiveBook naive, final boolean buy, final String where) {
        assertEquals(naive.bestLots(), books.bestLots(0, buy), where);
        int order = books.best(0, buy);
        for (final NaiveBook.Order twin : naive.orders()) {
            assertNotEquals(Books.NONE, order, where);
            assertEquals(twin.id, books.id(order), where);
            assertEquals(twin.lots, books.leavesLots(order), where);
            order = books.behind(order);
        }
        assertEquals(Books.NONE, order, where);
    }
}
