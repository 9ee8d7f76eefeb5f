package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.UNKNOWN_FIRM;

import org.agrona.DirectBuffer;
import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.risk.ledger.Ledger;

/** Assets, firms and accounts as the operator defines them. */
final class DefinitionDesk {

    private static final int MAX_SCALE = 9;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    DefinitionDesk(final Sessions sessions, final Ledger ledger, final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.reports = reports;
    }

    /** Ids of the operator's things are 1 to 3,999,999,999. */
    static boolean refusesId(final Refusal refusal, final int fieldId, final long id) {
        return (id < 1 || id >= Ledger.FIRST_SYSTEM_ID)
                && refusal.of(BAD_VALUE, fieldId, id, Ledger.FIRST_SYSTEM_ID - 1);
    }

    // Assets

    void onAsset(final Request request, final AssetDefineDecoder command) {
        final int symbol = command.offset() + AssetDefineDecoder.symbolEncodingOffset();
        if (refusesAsset(command, command.buffer(), symbol)) {
            reports.businessReject(request, refusal);
            return;
        }
        ledger.assets()
                .define(
                        command.assetId(),
                        Symbols.head(command.buffer(), symbol),
                        Symbols.tail(command.buffer(), symbol),
                        command.scale());
        reports.accepted(request);
    }

    private boolean refusesAsset(final AssetDefineDecoder command, final DirectBuffer buffer, final int symbol) {
        if (refusesId(refusal, AssetDefineDecoder.assetIdId(), command.assetId())) {
            return true;
        }
        if (!Symbols.isWellFormed(buffer, symbol)) {
            return refusal.of(BAD_VALUE, AssetDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        if (command.scale() > MAX_SCALE) {
            return refusal.of(BAD_VALUE, AssetDefineDecoder.scaleId(), command.scale(), MAX_SCALE);
        }
        if (ledger.assets().find(command.assetId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, AssetDefineDecoder.assetIdId(), command.assetId());
        }
        if (ledger.assets().findSymbol(Symbols.head(buffer, symbol), Symbols.tail(buffer, symbol)) >= 0) {
            return refusal.of(ALREADY_DEFINED, AssetDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        return ledger.assets().isFull() && refusal.of(CAPACITY);
    }

    // Firms and accounts

    void onFirm(final Request request, final FirmDefineDecoder command) {
        final int symbol = command.offset() + FirmDefineDecoder.symbolEncodingOffset();
        if (refusesFirm(command, symbol)) {
            reports.businessReject(request, refusal);
            return;
        }
        sessions.defineFirm(
                command.firmId(), Symbols.head(command.buffer(), symbol), Symbols.tail(command.buffer(), symbol));
        reports.accepted(request);
    }

    private boolean refusesFirm(final FirmDefineDecoder command, final int symbol) {
        if (refusesId(refusal, FirmDefineDecoder.firmIdId(), command.firmId())) {
            return true;
        }
        if (!Symbols.isWellFormed(command.buffer(), symbol)) {
            return refusal.of(BAD_VALUE, FirmDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        if (sessions.findFirm(command.firmId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, FirmDefineDecoder.firmIdId(), command.firmId());
        }
        return sessions.isFullOfFirms() && refusal.of(CAPACITY);
    }

    void onAccount(final Request request, final AccountDefineDecoder command) {
        final int firm = sessions.findFirm(command.firmId());
        if (refusesAccount(command, firm)) {
            reports.businessReject(request, refusal);
        } else {
            ledger.defineAccount(command.accountId(), firm);
            reports.accepted(request);
        }
    }

    private boolean refusesAccount(final AccountDefineDecoder command, final int firm) {
        if (refusesId(refusal, AccountDefineDecoder.accountIdId(), command.accountId())) {
            return true;
        }
        if (firm < 0) {
            return refusal.of(UNKNOWN_FIRM, AccountDefineDecoder.firmIdId(), command.firmId());
        }
        if (ledger.findAccount(command.accountId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, AccountDefineDecoder.accountIdId(), command.accountId());
        }
        return ledger.isFullOfAccounts() && refusal.of(CAPACITY);
    }
}
