package org.isochron.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.DeleverageScore;
import org.isochron.risk.margin.RandomPortfolios;
import org.isochron.risk.rules.LiquidationRules;
import org.junit.jupiter.api.Test;

/** Places against a naive sort of all holders. */
class QueuePlacesTest {
    private static final long SEED = 21;

    private final RandomPortfolios portfolios = new RandomPortfolios(SEED);
    private final Ledger ledger = portfolios.world.ledger;
    private final Positions positions = ledger.positions();
    /** By instrument id and account id: what was told last. */
    private final Map<String, Integer> told = new TreeMap<>();

    private final List<Long> concentrated = new ArrayList<>();
    private long monotonicNs;

    private QueuePlaces places(final ScanRange range) {
        return new QueuePlaces(ledger, portfolios.world.margin, range, (message, offset, length) -> take(message));
    }

    private boolean take(final DirectBuffer message) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, 0);
        if (header.templateId() == HolderConcentrationDecoder.TEMPLATE_ID) {
            final HolderConcentrationDecoder figures =
                    new HolderConcentrationDecoder().wrapAndApplyHeader(message, 0, header);
            assertTrue(figures.longLargest10() <= figures.openInterest());
            concentrated.add(figures.instrumentId());
            return true;
        }
        final DeleveragePlacesDecoder command = new DeleveragePlacesDecoder().wrapAndApplyHeader(message, 0, header);
        for (final DeleveragePlacesDecoder.HoldersDecoder holder : command.holders()) {
            told.put(command.instrumentId() + " " + holder.accountId(), (int) holder.fifth());
        }
        return true;
    }

    /** As long as it takes to look at every instrument. */
    private void run(final QueuePlaces places, final long sequencedNs) {
        for (int i = 0; i < 5_000; i++) {
            monotonicNs += QueuePlaces.MESSAGE_NS;
            places.slice(1, sequencedNs, monotonicNs);
        }
    }

    @Test
    void shouldTellEveryHolderTheFifthThatASortOfAllGives() {
        System.out.println("QueuePlacesTest seed " + SEED);
        for (int i = 0; i < 2_000; i++) {
            portfolios.trade();
        }
        for (int i = 0; i < 200; i++) {
            portfolios.move();
        }

        run(places(ScanRange.WHOLE), QueuePlaces.INTERVAL_NS);

        final Map<String, Integer> wanted = new TreeMap<>();
        for (int instrument = 0; instrument < ledger.instruments().count(); instrument++) {
            sort(instrument, true, wanted);
            sort(instrument, false, wanted);
        }
        assertEquals(wanted, told);
        assertEquals(RandomPortfolios.INSTRUMENTS, concentrated.size());
    }

    private void sort(final int instrument, final boolean isLong, final Map<String, Integer> wanted) {
        final DeleverageScore scores = new DeleverageScore(ledger, portfolios.world.margin);
        final List<long[]> side = new ArrayList<>();
        for (int position = 0; position < positions.count(); position++) {
            final long lots = positions.lots(position);
            if (positions.instrument(position) == instrument && lots != 0 && lots > 0 == isLong) {
                final long score =
                        scores.of(position, ledger.rules().liquidation().deleverageRule(instrument), 0);
                if (portfolios.world.margin.equity() > 0) {
                    side.add(new long[] {score, positions.opened(position), positions.account(position)});
                }
            }
        }
        side.sort(Comparator.<long[]>comparingLong(row -> row[0])
                .reversed()
                .thenComparing(Comparator.comparingLong(row -> row[1])));
        for (int place = 0; place < side.size(); place++) {
            final long accountId = ledger.accountId((int) side.get(place)[2]);
            wanted.put(ledger.instruments().id(instrument) + " " + accountId, 5 - 5 * place / side.size());
        }
    }

    @Test
    void shouldTellOnlyAccountsOfItsRange() {
        for (int i = 0; i < 500; i++) {
            portfolios.trade();
        }

        run(places(new ScanRange(110, 119, 0)), QueuePlaces.INTERVAL_NS);

        assertTrue(told.keySet().stream()
                .mapToLong(key -> Long.parseLong(key.split(" ")[1]))
                .allMatch(account -> account >= 110 && account <= 119));
        assertTrue(told.size() > 10);
        // What the largest hold is told by the node with the lowest accounts.
        assertEquals(List.of(), concentrated);
    }

    @Test
    void shouldLetTheNodeInFrontTell() {
        portfolios.trade();
        final QueuePlaces second = places(new ScanRange(ScanRange.LOWEST, ScanRange.HIGHEST, 1));

        run(second, QueuePlaces.INTERVAL_NS);
        assertEquals(Map.of(), told);

        run(second, 2 * QueuePlaces.INTERVAL_NS);
        assertEquals(2, told.size());
    }

    @Test
    void shouldTellNoPlacesWhereNobodyCanKnowThem() {
        for (int i = 0; i < 200; i++) {
            portfolios.trade();
        }
        final LiquidationRules rules = ledger.rules().liquidation();
        assertEquals(LiquidationRules.PNL_LEVERAGE, rules.deleverageRule(0));
        rules.table().stage(LiquidationRules.DELEVERAGE_RULE, LiquidationRules.SEEDED_RANDOM);
        for (int instrument = 0; instrument < ledger.instruments().count(); instrument++) {
            rules.table().adopt(instrument, 1);
        }

        run(places(ScanRange.WHOLE), QueuePlaces.INTERVAL_NS);

        assertEquals(Map.of(), told);
        assertTrue(concentrated.size() > 5);
    }
}
