package org.isochron.sequencer.client;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.DeadManEncoder;
import org.isochron.codecs.FundingOrderEncoder;
import org.isochron.codecs.KillReleaseEncoder;
import org.isochron.codecs.KillScope;
import org.isochron.codecs.KillSwitchEncoder;
import org.isochron.codecs.MarginMode;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.MmpConfigEncoder;
import org.isochron.codecs.MmpResetEncoder;
import org.isochron.codecs.QuoteCancelEncoder;
import org.isochron.codecs.SetLeverageEncoder;
import org.isochron.codecs.TransferEncoder;

/**
 * A maker's protections, how its positions are margined, and the pulling of quotes, encoded one at a time into one buffer. seqNum and send time are put in
 * on the way out.
 */
final class ProtectionEncoder {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER + MmpConfigEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QuoteCancelEncoder quoteCancel = new QuoteCancelEncoder();
    private final MmpConfigEncoder mmpConfig = new MmpConfigEncoder();
    private final MmpResetEncoder mmpReset = new MmpResetEncoder();
    private final SetLeverageEncoder setLeverage = new SetLeverageEncoder();
    private final FundingOrderEncoder fundingOrder = new FundingOrderEncoder();
    private final TransferEncoder transfer = new TransferEncoder();
    private final KillSwitchEncoder killSwitch = new KillSwitchEncoder();
    private final KillReleaseEncoder killRelease = new KillReleaseEncoder();
    private final DeadManEncoder deadMan = new DeadManEncoder();

    /** Where each method leaves its message. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Encodes it; the length, header included, as of every method here. */
    int quoteCancel(final long accountId, final long quoteSetId, final long instrumentId, final long clOrdId) {
        quoteCancel
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .quoteSetId(quoteSetId)
                .instrumentId(instrumentId);
        return HEADER + QuoteCancelEncoder.BLOCK_LENGTH;
    }

    int mmpConfig(
            final long accountId, final int mmpGroup, final long assetId, final MmpLimits limits, final long clOrdId) {
        mmpConfig
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .quantityLimit(limits.quantityLots())
                .notionalLimit(limits.notionalQuanta())
                .deltaLimit(limits.deltaLots())
                .fillCountLimit(limits.fillCount())
                .windowMs(limits.windowMs())
                .frozenMs(limits.frozenMs())
                .assetId(assetId)
                .mmpGroup(mmpGroup)
                .reserved16(0)
                .reserved32(0);
        return HEADER + MmpConfigEncoder.BLOCK_LENGTH;
    }

    int mmpReset(final long accountId, final int mmpGroup, final long clOrdId) {
        mmpReset.wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .mmpGroup(mmpGroup)
                .reserved16(0)
                .reserved32(0);
        return HEADER + MmpResetEncoder.BLOCK_LENGTH;
    }

    /** @param mode null keeps what is. */
    int setLeverage(
            final long accountId,
            final long instrumentId,
            final int leverage,
            final MarginMode mode,
            final long clOrdId) {
        setLeverage
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .instrumentId(instrumentId)
                .leverage(leverage)
                .mode(mode == null ? MarginMode.NULL_VAL : mode)
                .reserved8((short) 0);
        return HEADER + SetLeverageEncoder.BLOCK_LENGTH;
    }

    int fundingOrder(
            final long accountId,
            final long instrumentId,
            final long limitRateE9,
            final long quantityLots,
            final long clOrdId) {
        fundingOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .limitRate(limitRateE9)
                .quantity(quantityLots)
                .instrumentId(instrumentId)
                .reserved32(0);
        return HEADER + FundingOrderEncoder.BLOCK_LENGTH;
    }

    /** Within one account; null values of the schema for what a side is not. */
    int transfer(
            final long accountId,
            final long assetId,
            final long amount,
            final long fromInstrumentId,
            final long toInstrumentId,
            final long fromPledgeAssetId,
            final long toPledgeAssetId) {
        transfer.wrapAndApplyHeader(buffer, 0, header)
                .fromAccountId(accountId)
                .toAccountId(accountId)
                .assetId(assetId)
                .amount(amount)
                .fromInstrumentId(fromInstrumentId)
                .toInstrumentId(toInstrumentId)
                .fromPledgeAssetId(fromPledgeAssetId)
                .toPledgeAssetId(toPledgeAssetId);
        return HEADER + TransferEncoder.BLOCK_LENGTH;
    }

    int kill(final KillScope scope, final long accountId, final long firmId, final long clOrdId) {
        killSwitch
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .firmId(firmId)
                .scope(scope)
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + KillSwitchEncoder.BLOCK_LENGTH;
    }

    int release(final KillScope scope, final long accountId, final long firmId, final long clOrdId) {
        killRelease
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .firmId(firmId)
                .scope(scope)
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + KillReleaseEncoder.BLOCK_LENGTH;
    }

    int deadMan(final long accountId, final long timeoutMs, final long clOrdId) {
        deadMan.wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .timeoutMs(timeoutMs)
                .reserved32(0);
        return HEADER + DeadManEncoder.BLOCK_LENGTH;
    }
}
