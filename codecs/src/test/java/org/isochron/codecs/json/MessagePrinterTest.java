package org.isochron.codecs.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.AssetDefineEncoder;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateHashReportEncoder;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TakeoverEncoder;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagePrinterTest {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SymbolTable names = new SymbolTable();
    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void nameThings() {
        names.defineAsset(1, "USDC", 6);
        names.defineInstrument(5, "BTC-PERP", 1);
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    @Test
    void shouldPrintAnOrder() {
        final int length = encodeNewOrder();
        assertEquals(
                "{\"NewOrder\":{\"seqNum\":4294967294,\"accountId\":7,\"clOrdId\":\"18446744073709551614\","
                        + "\"price\":\"61800.3\",\"quantity\":\"25\",\"instrumentId\":\"BTC-PERP\",\"side\":\"BUY\","
                        + "\"ordType\":\"LIMIT\",\"timeInForce\":\"GTC\",\"flags\":[\"postOnly\",\"mmp\"]}}",
                new MessagePrinter(names).print(buffer, 0, length));
    }

    @Test
    void shouldPrintTheSameWhateverTheLocale() {
        final int length = encodeNewOrder();
        final String text = new MessagePrinter(names).print(buffer, 0, length);
        Locale.setDefault(new Locale("ar", "EG"));
        assertEquals(text, new MessagePrinter(names).print(buffer, 0, length));
    }

    @Test
    void shouldPrintMoneyInTheScaleOfItsAsset() {
        final DepositEncoder deposit = new DepositEncoder().wrapAndApplyHeader(buffer, 0, header);
        deposit.seqNum(1).accountId(7).amount(-1_500_000).assetId(1).reserved32(0);
        assertEquals(
                "{\"Deposit\":{\"seqNum\":1,\"accountId\":7,\"amount\":\"-1.5\",\"assetId\":\"USDC\"}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + deposit.encodedLength()));
    }

    @Test
    void shouldPrintPlainNumbersWhereNoNameIsKnown() {
        final DepositEncoder deposit = new DepositEncoder().wrapAndApplyHeader(buffer, 0, header);
        deposit.seqNum(1)
                .accountId(7)
                .amount(-1_500_000)
                .assetId(4_000_000_000L)
                .reserved32(0);
        assertEquals(
                "{\"Deposit\":{\"seqNum\":1,\"accountId\":7,\"amount\":-1500000,\"assetId\":4000000000}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + deposit.encodedLength()));
    }

    @Test
    void shouldFindTheScaleOfMoneyThroughItsInstrument() {
        final TakeoverEncoder takeover = new TakeoverEncoder().wrapAndApplyHeader(buffer, 0, header);
        takeover.cash(-250_000).quantity(-3).markPrice(TakeoverEncoder.markPriceNullValue());
        takeover.insuranceBalanceAfter(10_000_001)
                .insurancePositionAfter(-3)
                .accountId(7)
                .instrumentId(5);
        final int length = HEADER + takeover.encodedLength();
        assertEquals(
                "{\"Takeover\":{\"cash\":\"-0.25\",\"quantity\":\"-3\",\"insuranceBalanceAfter\":\"10.000001\","
                        + "\"insurancePositionAfter\":\"-3\",\"accountId\":7,\"instrumentId\":\"BTC-PERP\"}}",
                new MessagePrinter(names).print(buffer, 0, length));
        takeover.instrumentId(TakeoverEncoder.instrumentIdNullValue());
        assertEquals(
                "{\"Takeover\":{\"cash\":-250000,\"quantity\":\"-3\",\"insuranceBalanceAfter\":10000001,"
                        + "\"insurancePositionAfter\":\"-3\",\"accountId\":7}}",
                new MessagePrinter(names).print(buffer, 0, length));
    }

    @Test
    void shouldPrintTheStampOnlyWhenAsked() {
        final FillEncoder fill = new FillEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill.stamp()
                .matchSeq(12)
                .transactTimeNs(1_000)
                .gwRxTimeNs(900)
                .edgeRxTimeNs(0)
                .privateSeq(3)
                .sessionSeq(9)
                .dropCopySeq(8)
                .sessionId(2)
                .firmId(1)
                .subSeq(1)
                .eventFlags((short) 2)
                .reserved8((short) 0)
                .reserved32(0);
        fill.clOrdId(1)
                .orderId(2)
                .execId(12 << 16 | 1)
                .tradeId(12 << 16)
                .lastPrice(1)
                .lastQuantity(1);
        fill.leavesQuantity(0)
                .cumQuantity(1)
                .fee(-2)
                .positionAfter(-1)
                .instrumentId(5)
                .accountId(7)
                .feeAssetId(1);
        fill.side(Side.SELL).liquidity(Liquidity.MAKER).mmpTriggered((short) 0).liquidation((short) 0);
        final int length = HEADER + fill.encodedLength();
        final String body = "\"clOrdId\":\"1\",\"orderId\":\"2\",\"execId\":\"786433\",\"tradeId\":\"786432\","
                + "\"lastPrice\":\"0.000000001\",\"lastQuantity\":\"1\",\"leavesQuantity\":\"0\",\"cumQuantity\":\"1\","
                + "\"fee\":\"-0.000002\",\"positionAfter\":\"-1\",\"instrumentId\":\"BTC-PERP\",\"accountId\":7,"
                + "\"feeAssetId\":\"USDC\",\"side\":\"SELL\",\"liquidity\":\"MAKER\",\"mmpTriggered\":0,"
                + "\"liquidation\":0}}";
        assertEquals("{\"Fill\":{" + body, new MessagePrinter(names).print(buffer, 0, length));
        assertEquals(
                "{\"Fill\":{\"stamp\":{\"matchSeq\":\"12\",\"transactTimeNs\":\"1000\",\"gwRxTimeNs\":\"900\","
                        + "\"edgeRxTimeNs\":\"0\",\"privateSeq\":\"3\",\"sessionSeq\":\"9\",\"dropCopySeq\":\"8\","
                        + "\"sessionId\":2,\"firmId\":1,\"subSeq\":1,\"eventFlags\":2}," + body,
                new MessagePrinter(names, true).print(buffer, 0, length));
    }

    @Test
    void shouldPrintHashesAsSixteenHexDigits() {
        final StateHashReportEncoder report = new StateHashReportEncoder().wrapAndApplyHeader(buffer, 0, header);
        report.seqNum(1).nodeId(2).atSequence(1024).booksHash(0xABL).ledgerHash(Long.MIN_VALUE);
        report.marksHash(0)
                .sessionsHash(StateHashReportEncoder.sessionsHashNullValue())
                .scrubHash(0);
        assertEquals(
                "{\"StateHashReport\":{\"seqNum\":1,\"nodeId\":2,\"atSequence\":\"1024\","
                        + "\"booksHash\":\"00000000000000ab\",\"ledgerHash\":\"8000000000000000\","
                        + "\"marksHash\":\"0000000000000000\",\"scrubHash\":\"0000000000000000\"}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + report.encodedLength()));
    }

    @Test
    void shouldPrintTheNumberOfAnIdWhereItIsGiven() {
        final AssetDefineEncoder asset = new AssetDefineEncoder().wrapAndApplyHeader(buffer, 0, header);
        asset.seqNum(1).assetId(1).symbol("US\"D\\C").scale((short) 6).reserved8((short) 0);
        asset.reserved16(0).reserved32(0);
        assertEquals(
                "{\"AssetDefine\":{\"seqNum\":1,\"assetId\":1,\"symbol\":\"US\\\"D\\\\C\",\"scale\":6}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + asset.encodedLength()));
    }

    @Test
    void shouldEscapeWhatIsNotPrintable() {
        final AssetDefineEncoder asset = new AssetDefineEncoder().wrapAndApplyHeader(buffer, 0, header);
        asset.seqNum(1).assetId(1).scale((short) 6);
        asset.putSymbol(new byte[] {'A', 0, '\n', (byte) 0xE4, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
        assertEquals(
                "{\"AssetDefine\":{\"seqNum\":1,\"assetId\":1,\"symbol\":\"A\\u0000\\u000a\\u00e4\\u007f\","
                        + "\"scale\":6}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + asset.encodedLength()));
    }

    @Test
    void shouldPrintGroupsAsArrays() {
        final SessionDefineEncoder session = new SessionDefineEncoder().wrapAndApplyHeader(buffer, 0, header);
        session.seqNum(3)
                .sessionId(9)
                .sourceMask(SessionDefineEncoder.sourceMaskNullValue())
                .firmId(1);
        session.messagesPerSecond(100)
                .burst(10)
                .role(Role.MAKER)
                .wholeFirm(SessionDefineEncoder.wholeFirmNullValue())
                .marginUpdates(SessionDefineEncoder.marginUpdatesNullValue());
        session.accountsCount(2).next().accountId(7).next().accountId(8);
        assertEquals(
                "{\"SessionDefine\":{\"seqNum\":3,\"sessionId\":9,\"firmId\":1,\"messagesPerSecond\":100,"
                        + "\"burst\":10,\"role\":\"MAKER\",\"accounts\":[{\"accountId\":7},{\"accountId\":8}]}}",
                new MessagePrinter(names).print(buffer, 0, HEADER + session.encodedLength()));
    }

    @Test
    void shouldPrintBitsWithoutANameByNumber() {
        final int length = encodeNewOrder();
        buffer.putShort(HEADER + NewOrderEncoder.flagsEncodingOffset(), (short) (1 << 15 | 2), LITTLE_ENDIAN);
        final String text = new MessagePrinter(names).print(buffer, 0, length);
        assertEquals("\"flags\":[\"postOnlySlide\",\"bit15\"]}}", text.substring(text.indexOf("\"flags\"")));
    }

    @Test
    void shouldPrintTheBytesOfWhatIsNoMessage() {
        final int length = encodeNewOrder();
        header.wrap(buffer, 0).templateId(98);
        final StringBuilder out = new StringBuilder("{\"seq\":\"1\",");
        new MessagePrinter(names).append(out, buffer, 0, 8);
        assertEquals(
                "{\"seq\":\"1\",\"Unreadable\":{\"code\":\"UNKNOWN_TEMPLATE\",\"bytes\":\"6000620047000000\"}",
                out.toString());
        header.templateId(NewOrderEncoder.TEMPLATE_ID);
        final String text = new MessagePrinter(names).print(buffer, 0, length - 1);
        assertEquals("{\"Unreadable\":{\"code\":\"MALFORMED\",\"bytes\":\"6000640047000000", text.substring(0, 59));
        assertEquals(
                "{\"Unreadable\":{\"code\":\"MALFORMED\",\"bytes\":\"\"}}",
                new MessagePrinter(names).print(buffer, 0, 0));
    }

    private int encodeNewOrder() {
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(buffer, 0, header);
        order.seqNum(0xFFFF_FFFEL).accountId(7).clientSendTimeNs(NewOrderEncoder.clientSendTimeNsNullValue());
        order.clOrdId(-2)
                .price(61_800_300_000_000L)
                .quantity(25)
                .instrumentId(5)
                .side(Side.BUY);
        order.ordType(OrdType.LIMIT).timeInForce(TimeInForce.GTC).stpMode(StpMode.NULL_VAL);
        order.triggerPrice(NewOrderEncoder.triggerPriceNullValue());
        order.displayQuantity(NewOrderEncoder.displayQuantityNullValue());
        order.expireTimeNs(NewOrderEncoder.expireTimeNsNullValue()).userTag(NewOrderEncoder.userTagNullValue());
        order.maxSeqDelayUs(NewOrderEncoder.maxSeqDelayUsNullValue()).stpGroup(NewOrderEncoder.stpGroupNullValue());
        order.flags().clear().postOnly(true).mmp(true);
        order.mmpGroup(NewOrderEncoder.mmpGroupNullValue()).triggerRef(TriggerRef.NULL_VAL);
        return HEADER + order.encodedLength();
    }
}
