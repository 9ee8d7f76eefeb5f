package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;

/** The venue's own definition: how much of everything there is room for. Only while nothing else is defined. */
final class VenueDesk {
    private static final long MAX_DEADLINE_MS = 3_600_000;

    private final VenueState state;
    private final Ledger ledger;
    private final Sessions sessions;
    private final Counters counters;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private boolean refused;

    VenueDesk(final VenueState state, final VenueParts parts) {
        this.state = state;
        ledger = parts.ledger;
        sessions = parts.sessions;
        counters = parts.counters;
        reports = parts.reports;
    }

    void onVenue(final Request request, final VenueDefineDecoder command) {
        refused = !isBlank() && refusal.of(ALREADY_DEFINED);
        final Capacities capacities = capacities(command);
        final long gatewayTimeoutMs = deadline(
                VenueDefineDecoder.gatewayTimeoutMsId(),
                command.gatewayTimeoutMs(),
                Counters.GENESIS_GATEWAY_TIMEOUT_MS);
        final long scanDeadlineMs = deadline(
                VenueDefineDecoder.scanDeadlineMsId(), command.scanDeadlineMs(), Counters.GENESIS_SCAN_DEADLINE_MS);
        if (refused) {
            reports.businessReject(request, refusal);
            return;
        }
        state.resize(capacities);
        counters.gatewayTimeoutMs(gatewayTimeoutMs);
        counters.scanDeadlineMs(scanDeadlineMs);
        reports.accepted(request);
    }

    private boolean isBlank() {
        return ledger.assets().count() == 0
                && ledger.instruments().count() == 0
                && ledger.accountCount() == Ledger.SYSTEM_ACCOUNTS
                && sessions.firmCount() == 0
                && sessions.count() == 1;
    }

    private Capacities capacities(final VenueDefineDecoder command) {
        final Capacities genesis = Capacities.GENESIS;
        final Capacities largest = Capacities.LARGEST;
        return new Capacities(
                count(VenueDefineDecoder.maxAssetsId(), command.maxAssets(), genesis.assets(), largest.assets()),
                count(
                        VenueDefineDecoder.maxInstrumentsId(),
                        command.maxInstruments(),
                        genesis.instruments(),
                        largest.instruments()),
                count(
                        VenueDefineDecoder.maxAccountsId(),
                        command.maxAccounts(),
                        genesis.accounts(),
                        largest.accounts()),
                count(
                        VenueDefineDecoder.maxPositionsId(),
                        command.maxPositions(),
                        genesis.positions(),
                        largest.positions()),
                count(VenueDefineDecoder.maxOrdersId(), command.maxOrders(), genesis.orders(), largest.orders()),
                count(
                        VenueDefineDecoder.maxSessionsId(),
                        command.maxSessions(),
                        genesis.sessions(),
                        largest.sessions()),
                count(VenueDefineDecoder.maxFirmsId(), command.maxFirms(), genesis.firms(), largest.firms()),
                count(
                        VenueDefineDecoder.maxMmpGroupsId(),
                        command.maxMmpGroups(),
                        genesis.mmpGroups(),
                        largest.mmpGroups()),
                count(VenueDefineDecoder.maxPledgesId(), command.maxPledges(), genesis.pledges(), largest.pledges()));
    }

    private int count(final int fieldId, final long value, final int genesis, final int largest) {
        return value == VenueDefineDecoder.maxAssetsNullValue() ? genesis : (int) within(fieldId, value, largest);
    }

    private long deadline(final int fieldId, final long value, final long genesis) {
        return value == VenueDefineDecoder.gatewayTimeoutMsNullValue()
                ? genesis
                : within(fieldId, value, MAX_DEADLINE_MS);
    }

    /** The first value outside is the one refused. */
    private long within(final int fieldId, final long value, final long largest) {
        if (!refused && (value < 1 || value > largest)) {
            refused = refusal.of(BAD_VALUE, fieldId, value, value < 1 ? 1 : largest);
        }
        return Math.min(value, largest);
    }
}
