using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.BlobStorage.Uploads;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Uploads;

public sealed class DelegationKeyTests : IDisposable
{
    private static readonly TimeSpan s_ticket = TimeSpan.FromMinutes(5);

    private readonly DelegationKeyHandler _handler = new();
    private readonly TestTime _time = new();
    private readonly BlobServiceClient _service;
    private readonly DelegationKeyCache _keys;

    public DelegationKeyTests()
    {
        _service = _handler.CreateClient();
        _keys = new(_service, _time, NullLogger<DelegationKeyCache>.Instance);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Without_an_account_key_the_url_is_signed_with_a_delegation_key_for_https_alone()
    {
        var signer = new UploadUrlSigner(_keys, _time);
        BlobClient blob = _service.GetBlobContainerClient("uploads").GetBlobClient("id/source");

        Uri url = await signer.SignAsync(blob, _time.Now + s_ticket, CancellationToken.None);

        BlobUriBuilder parts = new(url);
        Assert.Equal(("https", "uploads", "id/source"), (parts.Scheme, parts.BlobContainerName, parts.BlobName));
        Assert.Equal(("rcw", "b"), (parts.Sas.Permissions, parts.Sas.Resource));
        Assert.Equal(Azure.Storage.Sas.SasProtocol.Https, parts.Sas.Protocol);
        Assert.Equal(_time.Now + s_ticket, parts.Sas.ExpiresOn);
        Assert.True(parts.Sas.StartsOn < _time.Now);
        Assert.Contains("skoid=11111111", url.Query, StringComparison.Ordinal);
        Assert.NotEmpty(parts.Sas.Signature);
    }

    [Fact]
    public async Task Callers_at_once_share_one_fetch()
    {
        UserDelegationKey[] keys = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => Task.Run(() => _keys.GetAsync(_time.Now + s_ticket, CancellationToken.None))));

        Assert.Equal(1, _handler.Fetched);
        Assert.All(keys, key => Assert.Same(keys[0], key));
    }

    [Fact]
    public async Task A_key_always_outlives_the_ticket_and_is_renewed_in_time()
    {
        for (int minute = 0; minute < 24 * 60; minute += 7)
        {
            UserDelegationKey key = await _keys.GetAsync(_time.Now + s_ticket, CancellationToken.None);
            Assert.True(key.SignedStartsOn < _time.Now - UploadUrlSigner.ClockSkew);
            Assert.True(key.SignedExpiresOn > _time.Now + s_ticket);
            _time.Now += TimeSpan.FromMinutes(7);
        }

        Assert.InRange(_handler.Fetched, 6, 8);
    }

    [Fact]
    public async Task A_long_ticket_gets_a_key_that_lives_as_long()
    {
        DateTimeOffset expiresAt = _time.Now + TimeSpan.FromDays(1);

        UserDelegationKey key = await _keys.GetAsync(expiresAt, CancellationToken.None);

        Assert.True(key.SignedExpiresOn > expiresAt);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _keys.GetAsync(_time.Now + TimeSpan.FromDays(7), CancellationToken.None));
    }

    [Fact]
    public async Task A_fetch_that_was_cancelled_leaves_the_next_caller_free()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _keys.GetAsync(_time.Now + s_ticket, new CancellationToken(canceled: true)));

        Assert.NotNull(await _keys.GetAsync(_time.Now + s_ticket, CancellationToken.None));
    }
}
