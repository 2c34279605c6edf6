namespace VodFunctions.FFmpeg.Orientation;

/// <summary>
/// What looking for messages in one file may cost. A file may be made of nothing but units that look like some, each inside
/// the last one, and this host would read them while other videos wait. What is behind the end of the budget stays as it is.
/// </summary>
internal sealed class ScanBudget(long fileBytes)
{
    /// <summary>A message costs two system calls, and may stand in each picture of a small file.</summary>
    private const long MessageBytes = 256, BaseBytes = 64L << 20;

    /// <summary>Units are read twice at most, where a length and a start code both fit.</summary>
    private const long Readings = 4;

    /// <summary>Bytes that may still be read.</summary>
    public long Left { get; private set; } = BaseBytes + (Readings * fileBytes);

    /// <summary>Whether nothing is left.</summary>
    public bool IsSpent => Left <= 0;

    /// <summary>So many bytes of a unit were read, and so many messages found in it.</summary>
    public void Spend(int bytes, int messages) => Left -= bytes + (MessageBytes * messages);
}
