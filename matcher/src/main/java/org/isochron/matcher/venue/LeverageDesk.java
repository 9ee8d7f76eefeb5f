package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_MARGIN;
import static org.isochron.codecs.RejectCode.NOT_FLAT;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.MarginMode;
import org.isochron.codecs.Role;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;

/**
 * How an account wants a position margined (rulebook 7): in cross margin or isolated, which changes only while it is idle,
 * and with what leverage, up to what the instrument allows.
 */
final class LeverageDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Margin margin;
    private final Gate gate;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private int account;
    private int instrument;
    /** Row, -1 while the account has none in the instrument. */
    private int position;

    LeverageDesk(
            final Sessions sessions, final Ledger ledger, final Margin margin, final Gate gate, final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.margin = margin;
        this.gate = gate;
        this.reports = reports;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    void onSetLeverage(final Request request, final SetLeverageDecoder command) {
        final int leverage = leverage(command);
        if (refusesTarget(request.session, command)
                || refusesLeverage(leverage)
                || refusesMode(command)
                || refusesMargin(leverage)) {
            reports.businessReject(request, refusal);
            return;
        }
        position = ledger.position(account, instrument);
        positions.leverage(position, leverage);
        if (isModeChanged(command.mode())) {
            ledger.isolate(position, command.mode() == MarginMode.ISOLATED);
        }
        reports.accepted(request);
    }

    /** As it is kept: 0 for the largest allowed. A 0 that was sent is outside what is. */
    private static int leverage(final SetLeverageDecoder command) {
        if (command.leverage() == SetLeverageDecoder.leverageNullValue()) {
            return 0;
        }
        return command.leverage() == 0 ? -1 : command.leverage();
    }

    private boolean refusesTarget(final int session, final SetLeverageDecoder command) {
        account = ledger.findAccount(command.accountId());
        if (account < Ledger.SYSTEM_ACCOUNTS) {
            return refusal.of(UNKNOWN_ACCOUNT, SetLeverageDecoder.accountIdId(), command.accountId());
        }
        if (sessions.role(session) != Role.OPERATOR && !sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, SetLeverageDecoder.accountIdId(), command.accountId());
        }
        instrument = instruments.find(command.instrumentId());
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, SetLeverageDecoder.instrumentIdId(), command.instrumentId());
        }
        position = positions.find(account, instrument);
        if (ledger.isInLiquidation(ledger.bucketOf(account, instrument, position))) {
            return refusal.of(ACCOUNT_IN_LIQUIDATION, SetLeverageDecoder.accountIdId(), command.accountId());
        }
        return position < 0 && positions.isFull() && refusal.of(CAPACITY);
    }

    private boolean refusesLeverage(final int leverage) {
        final int largest = margin.largestLeverage(position, instrument);
        return (leverage < 0 || leverage > largest)
                && refusal.of(BAD_VALUE, SetLeverageDecoder.leverageId(), Math.max(leverage, 0), largest);
    }

    private boolean refusesMode(final SetLeverageDecoder command) {
        return isModeChanged(command.mode())
                && position >= 0
                && (!positions.isIdle(position) || ledger.cash(ledger.isolatedBucket(position)) != 0)
                && refusal.of(NOT_FLAT, SetLeverageDecoder.modeId(), command.modeRaw());
    }

    private boolean isModeChanged(final MarginMode mode) {
        final boolean isolated = position >= 0 && ledger.isIsolated(ledger.bucketOf(position));
        return switch (mode) {
            case CROSS -> isolated;
            case ISOLATED -> !isolated;
            case NULL_VAL -> false;
        };
    }

    /** A leverage that asks for more must find it in the bucket. Judged as if it were set, and taken back. */
    private boolean refusesMargin(final int leverage) {
        if (position < 0) {
            return false;
        }
        final int bucket = ledger.bucketOf(position);
        margin.judge(bucket);
        final long before = margin.requirement();
        final int leverageBefore = positions.leverage(position);
        positions.leverage(position, leverage);
        final boolean covered = gate.isCovered(bucket) || margin.requirement() <= before;
        final long required = margin.requirement();
        positions.leverage(position, leverageBefore);
        return !covered && refusal.of(INSUFFICIENT_MARGIN, SetLeverageDecoder.leverageId(), required, margin.equity());
    }
}
