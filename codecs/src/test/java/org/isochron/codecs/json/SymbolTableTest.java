package org.isochron.codecs.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private final SymbolTable names = new SymbolTable();

    @Test
    void shouldLearnNamesFromDefinitionsAndIgnoreTheRest() throws Exception {
        learn("{\"AssetDefine\":{\"assetId\":1,\"symbol\":\"USDC\",\"scale\":6}}");
        learn("{\"InstrumentDefine\":{\"instrumentId\":5,\"symbol\":\"BTC-PERP\",\"settleAssetId\":\"USDC\"}}");
        learn("{\"FirmDefine\":{\"firmId\":8,\"symbol\":\"FIRM\"}}");
        assertEquals("USDC", names.assetSymbol(1));
        assertEquals(1, names.assetId("USDC"));
        assertEquals(6, names.assetScale(1));
        assertEquals("BTC-PERP", names.instrumentSymbol(5));
        assertEquals(5, names.instrumentId("BTC-PERP"));
        assertEquals(1, names.settleAssetId(5));
        assertNull(names.assetSymbol(8));
    }

    @Test
    void shouldKeepTheFirstDefinition() {
        names.defineAsset(1, "USDC", 6);
        names.defineAsset(1, "USDT", 2);
        names.defineAsset(2, "USDC", 3);
        assertEquals("USDC", names.assetSymbol(1));
        assertEquals(6, names.assetScale(1));
        assertEquals(1, names.assetId("USDC"));
        assertEquals(Names.UNKNOWN, names.assetId("USDT"));
    }

    @Test
    void shouldAnswerUnknownForWhatItHasNotHeardOf() {
        assertNull(Names.NONE.assetSymbol(1));
        assertNull(Names.NONE.instrumentSymbol(1));
        assertEquals(Names.UNKNOWN, Names.NONE.assetScale(1));
        assertEquals(Names.UNKNOWN, Names.NONE.settleAssetId(1));
        assertEquals(Names.UNKNOWN, Names.NONE.assetId("USDC"));
        assertEquals(Names.UNKNOWN, Names.NONE.instrumentId("BTC-PERP"));
    }

    private void learn(final String json) throws Exception {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        new MessageParser(names).encode(new ObjectMapper().readTree(json), buffer, 0);
        names.learn(buffer, 0);
    }
}
