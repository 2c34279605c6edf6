# The Functions app with FFmpeg. One image for both apps: which functions run is a matter of settings.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The app must build here, against the real packages.
ENV VOD_REQUIRE_FUNCTIONS=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# First what restore reads, so that a change of code does not restore anew.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig host.json ./
COPY src/VodFunctions.Confine/VodFunctions.Confine.csproj src/VodFunctions.Confine/
COPY src/VodFunctions.Core/VodFunctions.Core.csproj src/VodFunctions.Core/
COPY src/VodFunctions.FFmpeg/VodFunctions.FFmpeg.csproj src/VodFunctions.FFmpeg/
COPY src/VodFunctions.BlobStorage/VodFunctions.BlobStorage.csproj src/VodFunctions.BlobStorage/
COPY src/VodFunctions.Api/VodFunctions.Api.csproj src/VodFunctions.Api/
COPY src/VodFunctions.WebPubSub/VodFunctions.WebPubSub.csproj src/VodFunctions.WebPubSub/
COPY src/VodFunctions/VodFunctions.csproj src/VodFunctions/OptionalPackages.targets src/VodFunctions/
RUN dotnet restore src/VodFunctions

COPY src/ src/
RUN dotnet publish src/VodFunctions --configuration Release --no-restore --output /app \
    && rm -f /app/*.pdb /app/*.xml \
    && chmod 755 /app/sandbox/ffmpeg /app/sandbox/ffprobe

# Debian 12 or Ubuntu 24.04: FFmpeg 5.1 or 6.1, both are tested with.
FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0

# bubblewrap gives FFmpeg namespaces of its own where the platform permits them. util-linux has what the sandbox gives up
# privileges with (setpriv) and starts process groups with (setsid).
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends bubblewrap ffmpeg util-linux \
    && rm -rf /var/lib/apt/lists/*

# The app's own files stay root's, so that nothing that runs can change them. What is written lies in the work folder, on
# the container's own disk, and in the host's two folders.
RUN groupadd --gid 10001 vod \
    && useradd --uid 10001 --gid 10001 --home-dir /home --no-create-home --shell /usr/sbin/nologin vod \
    && mkdir -p /home/LogFiles /home/data /var/lib/vod \
    && chown vod:vod /home/LogFiles /home/data /var/lib/vod \
    && chmod 700 /var/lib/vod

ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    ASPNETCORE_URLS=http://+:8080 \
    Vod__Transcoding__WorkFolder=/var/lib/vod

COPY --from=build /app /home/site/wwwroot
COPY --chmod=755 src/VodFunctions/container-start.sh /usr/local/bin/vod-start

# Started as root, which the entry point gives up as far as the role permits: FFmpeg must be another user than the app. The
# command is the base image's.
USER 0:0
ENTRYPOINT ["/usr/local/bin/vod-start"]
CMD ["/opt/startup/start_nonappservice.sh"]
EXPOSE 8080
