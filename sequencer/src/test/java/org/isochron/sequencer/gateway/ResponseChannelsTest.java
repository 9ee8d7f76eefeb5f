package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.sequencer.aeron.Channels;
import org.junit.jupiter.api.Test;

class ResponseChannelsTest {
    private static final ResponseChannels NETWORK =
            ResponseChannels.startingWith(List.of("aeron:udp?endpoint=10.1.", "aeron:udp?endpoint=maker.example:"));

    @Test
    void shouldAllowAnAddressBelowAPrefixWithTheSizesOfTheVenue() {
        assertTrue(NETWORK.allows("aeron:udp?endpoint=10.1.2.3:20440"));
        assertTrue(NETWORK.allows("aeron:udp?endpoint=maker.example:20440"));
        assertTrue(NETWORK.allows(Channels.unicast("10.1.2.3:20440")));
        assertTrue(ResponseChannels.startingWith(List.of("aeron:ipc")).allows(Channels.IPC));
        assertTrue(ResponseChannels.startingWith(List.of("aeron:udp?")).allows("aeron:udp?endpoint=10.2.0.1:1"));
    }

    @Test
    void shouldRefuseAnAddressElsewhere() {
        assertFalse(NETWORK.allows("aeron:udp?endpoint=10.2.2.3:20440"));
        assertFalse(NETWORK.allows("aeron:ipc"));
        assertFalse(NETWORK.allows(""));
    }

    @Test
    void shouldRefuseASecondAddressAndANameThatOnlyBeginsLikeOne() {
        assertFalse(NETWORK.allows("aeron:udp?endpoint=10.1.2.3:20440|endpoint=192.0.2.1:9"));
        assertFalse(NETWORK.allows("aeron:udp?endpoint=10.1.elsewhere.example:9"));
    }

    @Test
    void shouldRefuseParametersThatCostTheVenueMemoryOrChangeHowItSends() {
        for (final String parameter : List.of(
                "term-length=1g",
                "term-length=1m|sparse=false",
                "mtu=65504",
                "control=10.1.2.3:1|control-mode=dynamic",
                "linger=1h",
                "fc=max",
                "session-id=7",
                "tags=1,2",
                "ssc=true",
                "ttl=255")) {
            assertFalse(NETWORK.allows("aeron:udp?endpoint=10.1.2.3:20440|" + parameter), parameter);
        }
    }

    @Test
    void shouldRefuseToBeMadeWithoutAPrefix() {
        assertThrows(IllegalArgumentException.class, () -> ResponseChannels.startingWith(List.of()));
        assertThrows(IllegalArgumentException.class, () -> ResponseChannels.startingWith(List.of("aeron:ipc", " ")));
    }
}
