package org.isochron.codecs.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.shape.MessageShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageParserTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ObjectMapper mapper = new ObjectMapper();
    private final SymbolTable names = new SymbolTable();
    private final MessageParser parser = new MessageParser(names);

    @BeforeEach
    void nameThings() {
        names.defineAsset(1, "USDC", 6);
        names.defineInstrument(5, "BTC-PERP", 1);
    }

    @Test
    void shouldEncodeAnOrderAndLeaveTheRestNull() throws Exception {
        buffer.setMemory(0, buffer.capacity(), (byte) 0x55);
        final int length = encode("{'NewOrder':{'accountId':7,'price':'61800.30','quantity':'25','side':'SELL',"
                + "'instrumentId':'BTC-PERP','timeInForce':'IOC','flags':['reduceOnly','postOnly']}}");
        assertEquals(MessageShape.SOUND, MessageShape.check(buffer, 0, length));
        final NewOrderDecoder order = new NewOrderDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(NewOrderDecoder.seqNumNullValue(), order.seqNum());
        assertEquals(7, order.accountId());
        assertEquals(NewOrderDecoder.clientSendTimeNsNullValue(), order.clientSendTimeNs());
        assertEquals(61_800_300_000_000L, order.price());
        assertEquals(25, order.quantity());
        assertEquals(5, order.instrumentId());
        assertEquals(Side.SELL, order.side());
        assertEquals(TimeInForce.IOC, order.timeInForce());
        assertEquals(NewOrderDecoder.triggerPriceNullValue(), order.triggerPrice());
        assertEquals(0b101, order.flags().getRaw());
        assertEquals(0, order.reserved8());
        assertEquals(0, order.reserved16());
    }

    @Test
    void shouldReadIntegersAsDigitsOrNumbersUpToTheirExtremes() throws Exception {
        encode("{'NewOrder':{'quantity':-9223372036854775807,'clOrdId':'18446744073709551614','seqNum':'4294967294'}}");
        final NewOrderDecoder order = new NewOrderDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(-Long.MAX_VALUE, order.quantity());
        assertEquals(-2, order.clOrdId());
        assertEquals(4_294_967_294L, order.seqNum());
    }

    @Test
    void shouldReadTimesAsDigitsAndAsIso8601() throws Exception {
        encode("{'PriceTick':{'sourceTimeNs':'2026-01-05T14:30:00.000000001Z'}}");
        final PriceTickDecoder tick = new PriceTickDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(1_767_623_400_000_000_001L, tick.sourceTimeNs());
        encode("{'PriceTick':{'sourceTimeNs':'1767623400000000002'}}");
        assertEquals(1_767_623_400_000_000_002L, tick.sourceTimeNs());
        encode("{'PriceTick':{'sourceTimeNs':1767623400000000003}}");
        assertEquals(1_767_623_400_000_000_003L, tick.sourceTimeNs());
    }

    @Test
    void shouldReadMoneyInTheScaleOfItsAssetWhereverTheAssetStands() throws Exception {
        encode("{'Deposit':{'amount':'1000.000001','assetId':'USDC'}}");
        final DepositDecoder deposit = new DepositDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(1_000_000_001L, deposit.amount());
        assertEquals(1, deposit.assetId());
        encode("{'Deposit':{'assetId':1,'amount':'-0.5'}}");
        assertEquals(-500_000, deposit.amount());
    }

    @Test
    void shouldReadHashesAsHexOrNumbers() throws Exception {
        encode("{'StateHashReport':{'booksHash':'80000000000000Ff','ledgerHash':12}}");
        final StateHashReportDecoder report = new StateHashReportDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(0x8000_0000_0000_00FFL, report.booksHash());
        assertEquals(12, report.ledgerHash());
    }

    @Test
    void shouldTakeJsonNullAsLeftOut() throws Exception {
        encode("{'SessionDefine':{'sessionId':3,'firmId':null,'role':null,'accounts':null}}");
        final SessionDefineDecoder session = new SessionDefineDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(SessionDefineDecoder.firmIdNullValue(), session.firmId());
        assertEquals(0, session.accounts().count());
    }

    @Test
    void shouldNameTheMessagesWhenOneIsUnknown() {
        final String text = refusal("{'NewOrdr':{}}");
        assertTrue(text.startsWith("there is no message \"NewOrdr\", there are Negotiate, "), text);
        assertTrue(text.contains(", NewOrder, Replace, "), text);
    }

    @Test
    void shouldNameTheFieldsWhenOneIsUnknown() {
        assertRefused(
                "{'Deposit':{'amont':'1'}}",
                "Deposit has no field \"amont\", it has seqNum, accountId, amount, assetId");
        assertRefused(
                "{'Deposit':{'reserved32':0}}",
                "Deposit has no field \"reserved32\", it has seqNum, accountId, amount, assetId");
        assertRefused(
                "{'SessionDefine':{'accounts':[{'accountId':1},{'account':2}]}}",
                "SessionDefine.accounts[1] has no field \"account\", it has accountId");
    }

    @Test
    void shouldSayWhatWouldBeRight() {
        assertRefused("{'NewOrder':{'side':'LONG'}}", "NewOrder.side: \"LONG\" where one of BUY, SELL is needed");
        assertRefused("{'NewOrder':{'side':1}}", "NewOrder.side: 1 where one of BUY, SELL is needed");
        assertRefused(
                "{'NewOrder':{'flags':['fast']}}",
                "NewOrder.flags: \"fast\" where one of postOnly, postOnlySlide, reduceOnly, mmp, codTagged, "
                        + "stpScopeFirm is needed");
        assertRefused(
                "{'NewOrder':{'flags':'postOnly'}}",
                "NewOrder.flags: \"postOnly\" where an array of postOnly, postOnlySlide, reduceOnly, mmp, codTagged, "
                        + "stpScopeFirm is needed");
        assertRefused(
                "{'NewOrder':{'price':61800}}",
                "NewOrder.price: 61800 where a decimal string such as \"61800.3\" is needed");
        assertRefused(
                "{'NewOrder':{'price':'61800.1234567891'}}",
                "NewOrder.price: \"61800.1234567891\" has 10 decimals, at most 9 are possible");
        assertRefused(
                "{'NewOrder':{'quantity':'1.5'}}",
                "NewOrder.quantity: \"1.5\" where an integer, as digits or as a number is needed");
        assertRefused(
                "{'NewOrder':{'quantity':1.0}}",
                "NewOrder.quantity: 1.0 where an integer, as digits or as a number is needed");
        assertRefused(
                "{'NewOrder':{'quantity':true}}",
                "NewOrder.quantity: true where an integer, as digits or as a number is needed");
        assertRefused(
                "{'NewOrder':{'instrumentId':'DOGE-PERP'}}",
                "NewOrder.instrumentId: no instrument \"DOGE-PERP\" is known here");
        assertRefused("{'Deposit':{'assetId':'EUR'}}", "Deposit.assetId: no asset \"EUR\" is known here");
        assertRefused(
                "{'AssetDefine':{'assetId':'USDC'}}",
                "AssetDefine.assetId: \"USDC\" where the number to give it is needed");
        assertRefused(
                "{'StateHashReport':{'booksHash':'12'}}",
                "StateHashReport.booksHash: \"12\" where 16 hex digits, or a number is needed");
        assertRefused(
                "{'PriceTick':{'sourceTimeNs':'2026-01-05T25:00:00Z'}}",
                "PriceTick.sourceTimeNs: \"2026-01-05T25:00:00Z\" where nanoseconds since 1970 as digits, or a time such as "
                        + "\"2026-01-05T14:30:00.25Z\" is needed");
        assertRefused(
                "{'AssetDefine':{'symbol':'ABCDEFGHIJKLMNOPQ'}}",
                "AssetDefine.symbol: \"ABCDEFGHIJKLMNOPQ\" where a string of at most 16 printable ASCII characters is "
                        + "needed");
        assertRefused("{'Negotiate':{'signature':'00'}}", "Negotiate.signature: \"00\" where 64 hex digits is needed");
    }

    @Test
    void shouldRefuseNumbersOutOfRange() {
        assertRefused(
                "{'NewOrder':{'seqNum':4294967295}}",
                "NewOrder.seqNum: 4294967295 is out of range, 0 to 4294967294 is possible");
        assertRefused("{'NewOrder':{'seqNum':-1}}", "NewOrder.seqNum: -1 is out of range, 0 to 4294967294 is possible");
        assertRefused("{'AssetDefine':{'scale':255}}", "AssetDefine.scale: 255 is out of range, 0 to 254 is possible");
        assertRefused(
                "{'NewOrder':{'quantity':'-9223372036854775808'}}",
                "NewOrder.quantity: \"-9223372036854775808\" is out of range, -9223372036854775807 to "
                        + "9223372036854775807 is possible");
        assertRefused(
                "{'NewOrder':{'clOrdId':'18446744073709551615'}}",
                "NewOrder.clOrdId: \"18446744073709551615\" is out of range, 0 to 18446744073709551614 is possible");
        assertRefused(
                "{'PriceTick':{'sourceTimeNs':'1969-12-31T23:59:59Z'}}",
                "PriceTick.sourceTimeNs: \"1969-12-31T23:59:59Z\" is out of range, 0 to 18446744073709551614 is possible");
        assertRefused(
                "{'NewOrder':{'price':'9223372036.854775808'}}",
                "NewOrder.price: \"9223372036.854775808\" does not fit 64 bits at this scale");
        assertRefused(
                "{'NewOrder':{'price':'-9223372036.854775808'}}",
                "NewOrder.price: \"-9223372036.854775808\" where another number (this one stands for null: leave the field "
                        + "out) is needed");
        assertRefused(
                "{'InstrumentDefine':{'makerFeePpm':2147483648}}",
                "InstrumentDefine.makerFeePpm: 2147483648 is out of range, -2147483647 to 2147483647 is possible");
    }

    @Test
    void shouldRefuseMoneyItCannotScale() {
        assertRefused(
                "{'Deposit':{'amount':'1'}}",
                "Deposit.amount: \"1\" needs the scale of its asset, and no known asset or instrument is named");
        assertRefused(
                "{'Deposit':{'amount':'1','assetId':2}}",
                "Deposit.amount: \"1\" needs the scale of its asset, and no known asset or instrument is named");
        assertRefused(
                "{'Deposit':{'amount':'0.0000001','assetId':1}}",
                "Deposit.amount: \"0.0000001\" has 7 decimals, at most 6 are possible");
        assertRefused(
                "{'Deposit':{'amount':1000000,'assetId':1}}",
                "Deposit.amount: 1000000 where a decimal string such as \"61800.3\" is needed");
    }

    @Test
    void shouldRefuseWhatIsNotOneMessage() {
        for (final String json : new String[] {"{}", "[]", "7", "{'Deposit':{},'Withdraw':{}}"}) {
            assertTrue(refusal(json).startsWith("an object with one member, the message, is needed"), json);
        }
        assertRefused("{'Deposit':7}", "Deposit: 7, an object of fields is needed");
        assertRefused("{'Deposit':null}", "Deposit: null, an object of fields is needed");
    }

    @Test
    void shouldRefuseGroupsAboveTheirCap() {
        final String entries = "{},".repeat(64) + "{}";
        assertRefused(
                "{'SessionDefine':{'accounts':[" + entries + "]}}",
                "SessionDefine.accounts: 65 entries, an array of at most 64 objects is needed");
        assertRefused(
                "{'SessionDefine':{'accounts':{}}}",
                "SessionDefine.accounts: {}, an array of at most 64 objects is needed");
        assertRefused(
                "{'SessionDefine':{'accounts':[7]}}", "SessionDefine.accounts[0]: 7, an object of fields is needed");
    }

    private int encode(final String json) throws Exception {
        return parser.encode(mapper.readTree(json.replace('\'', '"')), buffer, 0);
    }

    private String refusal(final String json) {
        return assertThrows(MessageFormatException.class, () -> encode(json), json)
                .getMessage();
    }

    private void assertRefused(final String json, final String expected) {
        assertEquals(expected, refusal(json));
    }
}
