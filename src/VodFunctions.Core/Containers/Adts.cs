namespace VodFunctions.Core.Containers;

/// <summary>The header of an AAC frame in an ADTS stream (ISO/IEC 13818-7 section 6.2).</summary>
/// <param name="HeaderSize">7, or 9 with a checksum.</param>
/// <param name="FrameSize">Header included.</param>
/// <param name="ObjectType">2 is AAC-LC.</param>
/// <param name="SampleRate">Per second.</param>
/// <param name="Channels">As configured, 1 to 7.</param>
public readonly record struct AdtsHeader(int HeaderSize, int FrameSize, int ObjectType, int SampleRate, int Channels)
{
    /// <summary>Enough bytes to read a header.</summary>
    public const int MinSize = 7;

    /// <summary>How many samples of a channel a frame holds.</summary>
    public const int SamplesPerFrame = 1024;

    private static readonly int[] s_rates =
        [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    /// <summary>The bytes of the AAC frame itself.</summary>
    public int PayloadSize => FrameSize - HeaderSize;

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">There is none here.</exception>
    public static AdtsHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinSize || bytes[0] != 0xFF || (bytes[1] & 0xF6) != 0xF0)
        {
            throw new InvalidDataException("No ADTS header.");
        }

        int headerSize = (bytes[1] & 1) == 1 ? 7 : 9;
        int rate = (bytes[2] >> 2) & 0xF;
        int channels = ((bytes[2] & 1) << 2) | (bytes[3] >> 6);
        int frameSize = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
        return frameSize > headerSize && rate < s_rates.Length && channels > 0 && (bytes[6] & 3) == 0
            ? new(headerSize, frameSize, (bytes[2] >> 6) + 1, s_rates[rate], channels)
            : throw new InvalidDataException("A damaged ADTS header.");
    }

    /// <summary>The AudioSpecificConfig that says the same (ISO/IEC 14496-3 section 1.6.2.1).</summary>
    public byte[] AudioSpecificConfig()
    {
        int rate = Array.IndexOf(s_rates, SampleRate);
        return [(byte)((ObjectType << 3) | (rate >> 1)), (byte)(((rate & 1) << 7) | (Channels << 3))];
    }
}
