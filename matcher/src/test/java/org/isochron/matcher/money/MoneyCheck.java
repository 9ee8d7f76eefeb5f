package org.isochron.matcher.money;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.sequencer.replica.EventBatch;

/** Looks at a venue's money from outside: sums that must vanish, margins that must be what the rules say. */
final class MoneyCheck {
    private final Venue venue;
    private final Ledger ledger;
    private final NaiveMargin margins;
    private final NaiveCash cash;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final long[] events = new long[1_000];

    MoneyCheck(final Venue venue) {
        this.venue = venue;
        ledger = venue.ledger();
        margins = new NaiveMargin(venue);
        cash = new NaiveCash(ledger);
    }

    void requireAccepted(final EventBatch batch, final String command) {
        for (int record = batch.first(); record != EventBatch.END; record = batch.next(record)) {
            header.wrap(batch.buffer(), batch.messageOffset(record));
            if (nameOf(header.templateId()).endsWith("Reject")) {
                throw new AssertionError("refused: " + command + ": "
                        + new MessagePrinter(venue.inspection(), true)
                                .print(batch.buffer(), batch.messageOffset(record), batch.messageLength(record)));
            }
        }
    }

    void onEvents(final EventBatch batch) {
        cash.onEvents(batch);
        for (int record = batch.first(); record != EventBatch.END; record = batch.next(record)) {
            header.wrap(batch.buffer(), batch.messageOffset(record));
            events[header.templateId()]++;
        }
    }

    /** Events of each name so far. */
    Map<String, Long> counts() {
        final Map<String, Long> counts = new TreeMap<>();
        for (final MessageSchema message : Schema.venue().messages()) {
            if (events[message.templateId()] != 0) {
                counts.put(message.name(), events[message.templateId()]);
            }
        }
        return counts;
    }

    private static String nameOf(final int templateId) {
        return Schema.venue().message(templateId).name();
    }

    /**
     * Everything that can be looked at between two commands.
     *
     * @param allTold whether every movement of cash has been told; those of a settlement follow with the next commands.
     */
    void run(final boolean allTold) {
        venue.verifyInFull();
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            checkCash(asset);
        }
        for (int instrument = 0; instrument < ledger.instruments().count(); instrument++) {
            checkLots(instrument);
        }
        margins.checkAll();
        if (allTold) {
            cash.checkAll();
        }
    }

    /** All there is of an asset is what was brought. */
    private void checkCash(final int asset) {
        BigInteger sum = BigInteger.ZERO;
        for (int account = 0; account < ledger.accountCount(); account++) {
            sum = sum.add(BigInteger.valueOf(ledger.cash(ledger.crossBucket(account, asset))));
            for (int at = ledger.firstPosition(account);
                    at >= 0;
                    at = ledger.positions().nextOfAccount(at)) {
                if (ledger.instruments().asset(ledger.positions().instrument(at)) == asset
                        && ledger.isIsolated(ledger.bucketOf(at))) {
                    sum = sum.add(BigInteger.valueOf(ledger.cash(ledger.bucketOf(at))));
                }
            }
        }
        final Collaterals collaterals = ledger.collaterals();
        for (int pledge = 0; pledge < collaterals.pledgeCount(); pledge++) {
            if (collaterals.asset(collaterals.definition(pledge)) == asset) {
                sum = sum.add(BigInteger.valueOf(collaterals.balance(pledge)));
            }
        }
        require(sum.equals(BigInteger.valueOf(ledger.assets().netDeposits(asset))), "cash of asset " + asset, sum);
    }

    private void checkLots(final int instrument) {
        final Positions positions = ledger.positions();
        long sum = 0;
        for (int at = ledger.instruments().firstHolder(instrument); at >= 0; at = positions.nextOfInstrument(at)) {
            sum += positions.lots(at);
        }
        require(sum == 0, "lots of instrument " + instrument, sum);
    }

    private static void require(final boolean holds, final String what, final Object found) {
        if (!holds) {
            throw new AssertionError(what + ": " + found);
        }
    }
}
