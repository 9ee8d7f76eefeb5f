package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.DeleveragePlaceEncoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.LargestHoldersEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;

/**
 * What risk nodes find out for others to know: where holders stand in the deleveraging queue, told to each of them, and how
 * much the largest hold, told to everybody. Figures only: no decision of the venue reads them. Checked for what they
 * cannot be, not worked out again.
 */
final class PlacesDesk {
    private static final int MOST_FIFTHS = 5;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final EventWriter events;
    private final Reports reports;
    private final Refusal refusal = new Refusal();
    private final int[] accounts = new int[GroupSchema.MAX_HOLDERS];
    private final short[] fifths = new short[GroupSchema.MAX_HOLDERS];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DeleveragePlaceEncoder place = new DeleveragePlaceEncoder();
    private final LargestHoldersEncoder largest = new LargestHoldersEncoder();

    PlacesDesk(final Sessions sessions, final Ledger ledger, final EventWriter events, final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.events = events;
        this.reports = reports;
        instruments = ledger.instruments();
    }

    void onPlaces(final Request request, final DeleveragePlacesDecoder command) {
        final long observed = command.observedSequence();
        final long instrumentId = command.instrumentId();
        final DeleveragePlacesDecoder.HoldersDecoder holders = command.holders();
        final int count = holders.count();
        if (refusesInstrument(DeleveragePlacesDecoder.instrumentIdId(), instrumentId)
                || refusesObserved(DeleveragePlacesDecoder.observedSequenceId(), observed)
                || count == 0 && refusal.of(BAD_VALUE, (int) DeleveragePlacesDecoder.holdersDecoderId(), 0, 1)
                || refusesHolders(holders, count)) {
            reports.businessReject(request, refusal);
            return;
        }
        for (int i = 0; i < count; i++) {
            tell(accounts[i], instrumentId, fifths[i], observed);
        }
    }

    private boolean refusesInstrument(final int field, final long instrumentId) {
        return instruments.find(instrumentId) < 0 && refusal.of(UNKNOWN_INSTRUMENT, field, instrumentId);
    }

    private boolean refusesObserved(final int field, final long observed) {
        return (observed < 0 || observed >= events.sequence())
                && refusal.of(BAD_VALUE, field, observed, events.sequence() - 1);
    }

    /** All of them or none: reads every holder before the first is told. */
    private boolean refusesHolders(final DeleveragePlacesDecoder.HoldersDecoder holders, final int count) {
        for (int i = 0; i < count; i++) {
            holders.next();
            final long accountId = holders.accountId();
            accounts[i] = ledger.findAccount(accountId);
            if (accounts[i] < Ledger.SYSTEM_ACCOUNTS) {
                return refusal.of(UNKNOWN_ACCOUNT, DeleveragePlacesDecoder.HoldersDecoder.accountIdId(), accountId);
            }
            fifths[i] = holders.fifth();
            if (TermChecks.refusesOutside(
                    refusal, DeleveragePlacesDecoder.HoldersDecoder.fifthId(), fifths[i], 1, MOST_FIFTHS)) {
                return true;
            }
        }
        return false;
    }

    private void tell(final int account, final long instrumentId, final short fifth, final long observed) {
        final int offset = events.claimPrivate(
                DeleveragePlaceEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        place.wrapAndApplyHeader(events.buffer(), offset, header)
                .observedSequence(observed)
                .accountId(ledger.accountId(account))
                .instrumentId(instrumentId)
                .fifth(fifth);
    }

    void onConcentration(final Request request, final HolderConcentrationDecoder command) {
        final long open = command.openInterest();
        if (refusesInstrument(HolderConcentrationDecoder.instrumentIdId(), command.instrumentId())
                || refusesObserved(HolderConcentrationDecoder.observedSequenceId(), command.observedSequence())
                || refusesLots(HolderConcentrationDecoder.openInterestId(), open, 0, Long.MAX_VALUE)
                || refusesLongs(command, open)
                || refusesShorts(command, open)) {
            reports.businessReject(request, refusal);
            return;
        }
        final int offset = events.claimPublic(LargestHoldersEncoder.BLOCK_LENGTH, command.instrumentId());
        largest.wrapAndApplyHeader(events.buffer(), offset, header)
                .observedSequence(command.observedSequence())
                .openInterest(open)
                .longLargest(command.longLargest())
                .longLargest5(command.longLargest5())
                .longLargest10(command.longLargest10())
                .shortLargest(command.shortLargest())
                .shortLargest5(command.shortLargest5())
                .shortLargest10(command.shortLargest10());
    }

    private boolean refusesLongs(final HolderConcentrationDecoder command, final long open) {
        return refusesLots(HolderConcentrationDecoder.longLargestId(), command.longLargest(), 0, open)
                || refusesLots(
                        HolderConcentrationDecoder.longLargest5Id(),
                        command.longLargest5(),
                        command.longLargest(),
                        open)
                || refusesLots(
                        HolderConcentrationDecoder.longLargest10Id(),
                        command.longLargest10(),
                        command.longLargest5(),
                        open);
    }

    private boolean refusesShorts(final HolderConcentrationDecoder command, final long open) {
        return refusesLots(HolderConcentrationDecoder.shortLargestId(), command.shortLargest(), 0, open)
                || refusesLots(
                        HolderConcentrationDecoder.shortLargest5Id(),
                        command.shortLargest5(),
                        command.shortLargest(),
                        open)
                || refusesLots(
                        HolderConcentrationDecoder.shortLargest10Id(),
                        command.shortLargest10(),
                        command.shortLargest5(),
                        open);
    }

    private boolean refusesLots(final int field, final long lots, final long least, final long most) {
        return TermChecks.refusesOutside(refusal, field, lots, least, most);
    }
}
