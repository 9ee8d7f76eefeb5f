package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.RuleTable;
import org.isochron.risk.rules.Rules;

/**
 * How rules come into force (rulebook 11): what every rule message has in common. Each begins with seqNum (4 bytes),
 * instrumentId (4) and activationSequence (8), fields 1 to 3; the bytes behind them are the rules, and what is hashed.
 */
final class RuleAdoption {
    private static final int INSTRUMENT_FIELD = 2;
    private static final int ACTIVATION_FIELD = 3;
    /** seqNum, instrumentId and activationSequence. */
    private static final int TARGET_LENGTH = 16;

    /** SBE's null of a uint64. */
    private static final long AT_ONCE = 0xFFFF_FFFF_FFFF_FFFFL;

    private final Instruments instruments;
    private final Rules rules;
    private final Marks marks;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final ChangedInstruments changed;

    private int instrument;
    private long activationSequence;

    RuleAdoption(
            final Ledger ledger,
            final Marks marks,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final ChangedInstruments changed) {
        this.marks = marks;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.changed = changed;
        instruments = ledger.instruments();
        rules = ledger.rules();
    }

    /** Whether the message names no instrument, or a sequence that has passed. */
    boolean refuses(final Refusal refusal, final long instrumentId, final long activationSequence) {
        instrument = instruments.find(instrumentId);
        this.activationSequence = activationSequence;
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, INSTRUMENT_FIELD, instrumentId);
        }
        final long first = events.sequence() + 1;
        return activationSequence != AT_ONCE
                && activationSequence < first
                && refusal.of(BAD_VALUE, ACTIVATION_FIELD, activationSequence, first);
    }

    /** Slot of the instrument the message names, when it was not refused. */
    int instrument() {
        return instrument;
    }

    /**
     * The staged rules of the message are adopted or announced, and the request is answered.
     *
     * @param length of the message in the buffer, groups included.
     */
    void adopt(
            final Request request,
            final RuleTable table,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        // An instrument without rules of a kind has the hash 0.
        final long ruleHash = Math.max(1, XxHash64.hash(buffer, offset + TARGET_LENGTH, length - TARGET_LENGTH) >>> 1);
        reports.accepted(request);
        if (activationSequence == AT_ONCE) {
            table.adopt(instrument, ruleHash);
            tell(instrument);
        } else {
            table.announce(instrument, activationSequence, ruleHash);
        }
    }

    /** Puts in force what was announced for this command or an earlier one; an event for each instrument concerned. */
    void activateDue() {
        for (int due = rules.activateNext(events.sequence());
                due != Rules.NONE;
                due = rules.activateNext(events.sequence())) {
            tell(due);
        }
    }

    private void tell(final int instrument) {
        if (rules.termUpdates().isDefined(instrument)) {
            instruments.apply(instrument, rules.termUpdates());
        }
        if (rules.margins().tiers(instrument) != 0) {
            instruments.adoptMargins(
                    instrument,
                    rules.margins().initialPpm(instrument, 0),
                    rules.margins().maintenancePpm(instrument, 0));
        }
        marks.rulesChanged(instrument);
        changed.note(instrument);
        marketData.securityDefinition(instrument);
    }
}
